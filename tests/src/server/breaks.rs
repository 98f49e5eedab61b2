//! School breaks are written down on the command line.

use std::{fs, path::Path};

use super::program::{of_the_program, run};

of_the_program! {
    breaks_are_set_from_a_file_or_not_at_all,
}

async fn breaks_are_set_from_a_file_or_not_at_all(url: &str, folder: &Path) {
    let file = folder.join("breaks.json");
    let path = file.to_str().expect("text");
    let set = |town: &str, content: &str| {
        fs::write(&file, content).expect("a file");
        run(url, folder, &["breaks", "set", town, path])
    };
    let good = r#"[{"from":"2027-03-01","to":"2027-03-07","name":{"sv":"sportlov","fi":"hiihtoloma"}}]"#;
    assert_eq!(set("tornio", good), (Some(0), "tornio: 1 breaks\n".to_owned()));
    assert_eq!(set("tornio", good), (Some(0), "tornio: 1 breaks\n".to_owned())); // in place of those before
    let backwards = good.replace("2027-03-07", "2027-02-07");
    for (town, wrong) in [("kemi", good), ("tornio", &backwards), ("tornio", "[{}]"), ("tornio", "")] {
        assert_eq!(set(town, wrong), (Some(2), String::new()), "{town}: {wrong}");
    }
    assert_eq!(set("tornio", "[]"), (Some(0), "tornio: 0 breaks\n".to_owned()));
}
