//! Tests of rules.

use super::findings;

findings! {
    { fr: "Tests de règles", en: "Tests of rules" }

    NO_LINES = "V411" error {
        title { fr: "Un cas sans lignes, ou avec deux sortes de lignes", en: "A case without lines, or with two kinds of them" }
        why { fr: "Il ne montrerait rien.", en: "It would show nothing." }
        todo {
            fr: "`lines: |` avec les lignes dessous, ou `file: <chemin>`.",
            en: "`lines: |` with the lines below, or `file: <path>`."
        }
        fn lines_or_file() {
            fr: "un cas a soit `lines`, soit un `file` de lignes" => "écrivez `lines: |` et les lignes dessous",
            en: "a case has either `lines` or a `file` of lines" => "write `lines: |` and the lines below",
        }
    }

    NO_FILE = "V412" error {
        title { fr: "Un fichier de lignes qui ne peut pas être lu", en: "A file of lines that cannot be read" }
        why {
            fr: "Il n'est pas là, n'est pas un fichier ordinaire, ou un nom ou un lien mène hors du dossier vérifié.",
            en: "It is not there, is no ordinary file, or a name or a link leads out of the folder that is checked."
        }
        todo {
            fr: "Le chemin part du dossier du test et reste dans le dossier vérifié.",
            en: "The path starts at the folder of the test and stays in the folder that is checked."
        }
        fn unreadable_test(why) {
            fr: "ce test ne peut pas être lu : {why}" => "écrivez un .test.yml à côté de la règle",
            en: "this test cannot be read: {why}" => "write a .test.yml beside the rule",
        }
        fn unreadable_lines(name, why) {
            fr: "le fichier {name} ne peut pas être lu : {why}" => "le chemin part du dossier du test et reste dans le dossier vérifié",
            en: "the file {name} cannot be read: {why}" => "the path starts at the test's own folder and stays in the folder that is checked",
        }
    }
}
