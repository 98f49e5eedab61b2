//! Kinds of facilities, by their names and by what is done there.

use super::{
    dictionary::{self, Table},
    tokens::Token,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub code: &'static str,
    /// After a share it may mean any place: "ice, the whole hall".
    pub generic: bool,
}

const GENERIC: &Table<&str> = &[
    ("hall", "hall hallen hallar hallarna halli hallia hallin hallissa halliin hallista hallit"),
    ("hall", "sal salen salar sali salia salin salissa saliin salista salit"),
    ("field", "plan planen planer planerna kenttä kenttää kentän kentällä kentälle kentältä kentästä"),
    ("court", "bana banan banor"),
];

const PARTICULAR: &Table<&str> = &[
    ("ice", "is isen istid* ishall* isbana* isyta* ispass* ishockey* hockey* konståkning* skridsko* bandy*"),
    ("ice", "jää jään jäätä jäällä jäälle jäältä jäävuoro* jääaika* jäähalli* jäärata* jääkiekko* jääkieko*"),
    ("ice", "jääpallo* luistel* taitoluistel* kaukalo* tekojää*"),
    ("hall", "idrottshall* sporthall* gymnastiksal* gympasal* innebandy* basket* volleyboll* badminton*"),
    ("hall", "handboll* futsal* gympa* liikuntahall* liikuntasal* urheiluhall*"),
    ("hall", "jumppasali* salibandy* sähly* koripallo* lentopallo* sulkapallo* käsipallo* jumppa*"),
    ("pool", "simhall* badhus* bassäng* simbana* simning* simma simträning* uimahall* uimarata uimaradan"),
    ("pool", "allas altaan allasta altaassa uinti* uimaan uimista"),
    ("field", "fotboll* gräsplan* konstgräs* bobollsplan* boboll* friidrott* jalkapallo* pesäpallo*"),
    ("field", "nurmikent* tekonurm* yleisurheilu*"),
    ("court", "näridrott* tennis* padel* beachvolley* multisport* lähikent* lähiliikunta* monitoimikent*"),
    ("court", "rantalentopallo* pienkent*"),
    ("indoor", "inomhussport* annan_inomhussport* bowling* hundsport* sisäliikunta* muu_sisäliikunta*"),
    ("indoor", "muuta_sisäliikuntaa keilaus* keilahall* keilaa* koiraurheilu* koirahall*"),
    ("culture", "kultur* möte möten mötet mötes* konferens* konsert* museum museet bibliotek* teater*"),
    ("culture", "kulttuuri* kokous* kokouks* konsertti* museo* kirjasto* teatteri* opastus*"),
    ("outdoor", "friluft* elljusspår* skidspår* frisbeegolf* discgolf* golf* vandring*"),
    ("outdoor", "ulkoil* hiihto* retkeil*"),
    ("harbour", "hamn hamnen småbåtshamn* gästhamn* båtplats* stuga stugan stugor stugorna hyrstug*"),
    ("harbour", "satama sataman satamassa satamaan vierassatama* venesatama* vierasven* venepaik*"),
    ("harbour", "mökki mökkiä mökin mökit mökkejä vuokramök*"),
];

/// The kind that the tokens begin with.
pub(super) fn kind(tokens: &[Token<'_>]) -> Option<(usize, Kind)> {
    let kind = |generic| move |(taken, code)| (taken, Kind { code, generic });
    let particular = dictionary::look_up(PARTICULAR, tokens).map(kind(false));
    particular.or_else(|| dictionary::look_up(GENERIC, tokens).map(kind(true)))
}
