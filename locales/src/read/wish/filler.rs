//! Words that say nothing about what is looked for.

use super::{dictionary, tokens::Token};

const ENTRIES: &str = "\
    när milloin men fast mutta vaan i på vid av för med och eller samt som att & o en ett den det de är \
    går kan var jag vi oss mig man vill skulle vilja ha få boka hyra söker söker_efter letar letar_efter \
    behöver önskar önskas hitta finns någon något några nån nåt alla varje tid tider tiden ledig ledigt \
    lediga under kl klockan klocka minst åtminstone gärna helst ungefär cirka ca runt omkring bra passar \
    funkar möjligt bara endast lokal plats grupp gruppen sällskap stad staden sida sidan tack hej ja tai \
    sekä että joko se on klo kello kellon joka jokin joku jotain vähintään ainakin noin mieluiten \
    mieluummin mielellään minä me minulle meille meitä aikana välillä väliin välisenä haluan haluaisin \
    haluamme haluaisimme tarvitsen tarvitsemme tarvitaan etsin etsimme löytyykö varata varaan varaus \
    varaisin vuokrata olisi olisiko onko käy kävisi sopii sopisi voi voisi jos vapaa vapaata vapaita \
    vapaana aika aikaa aikoja ajan ajaksi vuoro vuoroa vuoron vuoroja tila tilaa tilan ryhmä ryhmälle \
    porukka porukalle kaupunki kaupungissa puolella puolelta mahdollista vain kiitos moi hei \
    spelar_ingen_roll ei_väliä ei_ole_väliä när_som_helst milloin_tahansa milloin_vain \
    vilken_dag_som_helst minä_päivänä_tahansa alla_dagar varje_dag dagligen joka_päivä päivittäin \
    vilken_som_helst kumpi_tahansa kumpi_vain kumpikin båda bägge molemmat";

/// How many of the tokens say nothing.
pub(super) fn filler(tokens: &[Token<'_>]) -> Option<usize> {
    dictionary::find(ENTRIES, tokens)
}
