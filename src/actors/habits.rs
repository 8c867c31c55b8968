//! How languages tell a capital that acts as a government from the place: German, French, Spanish.

use super::word_list::WordList;
use crate::text::Language;

/// The words of a language beside capitals, all in small letters.
pub(super) struct Habits {
    /// Prepositions that make it a place: in Moskau, à Paris.
    pub(super) place: WordList,
    /// What stands before it alone where it is a government: selon Moscou, que Moscú.
    pub(super) governed: WordList,
    /// Prepositions that turn on it what the word before says, if that is one of `turned`: Sanktionen gegen Moskau, acusa a Kiev.
    pub(super) turns: WordList,
    /// See `turns` and `between`.
    pub(super) turned: WordList,
    /// Prepositions for it and another: Streit zwischen Moskau und Kiew.
    pub(super) between: WordList,
    /// What joins two.
    pub(super) joints: &'static [&'static str],
    /// What a government does, or has done to it by another: Moskau wirft vor, wirft Kiew vor.
    pub(super) acts_or_governs: WordList,
    /// What it does, where the verb stands behind.
    pub(super) verbs: WordList,
    /// Verbs of which what stands further behind tells: hat … gefordert, a … condamné.
    pub(super) auxiliaries: WordList,
    /// What tells there.
    pub(super) participles: WordList,
    /// In how many words behind the capital it stands.
    pub(super) reach: usize,
}

impl Habits {
    /// Those of a language.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        match language.code() {
            "de" => Some(&GERMAN),
            "fr" => Some(&FRENCH),
            "es" => Some(&SPANISH),
            _ => None,
        }
    }

    /// Whether a verb behind a capital tells what a government does.
    pub(super) fn acts(&self, verb: &str) -> bool {
        self.verbs.holds(verb) || self.acts_or_governs.holds(verb)
    }
}

/// The end of a clause in German is far.
static GERMAN: Habits = Habits {
    place: WordList::new(
        "in nach aus bei um vor durch rund nahe unweit über bis ab von nördlich südlich östlich westlich außerhalb innerhalb im ins stadt hauptstadt \
        groß großraum raum flughafen richtung region universität ost west zu",
    ),
    governed: WordList::new(""),
    turns: WordList::new("gegen an gegenüber auf mit für"),
    turned: WordList::new(
        "sanktionen strafmaßnahmen vorwürfe vorwurf zölle strafzölle kritik druck waffen waffenlieferungen hilfen hilfe ultimatum protest drohungen \
        appell appelle forderungen forderung kurs haltung misstrauen embargo konflikt streit spannungen beziehungen gespräche gesprächen \
        verhandlungen abkommen verhältnis bruch einigung pakt bündnis achse dialog konflikts streits beziehung annäherung",
    ),
    between: WordList::new("zwischen"),
    joints: &[" und "],
    acts_or_governs: WordList::new(
        "wirft warf beschuldigt beschuldigte fordert forderte warnt warnte lehnt lehnte weist wies droht drohte verurteilt verurteilte kritisiert \
        kritisierte verlangt verlangte unterstützt unterstützte erklärt erklärte kündigt kündigte bestreitet bestritt dementiert dementierte \
        verhängt verhängte beharrt besteht betont betonte reagiert reagierte zögert sanktioniert drängt drängte ermahnt bezichtigt bezichtigte \
        verdächtigt verweigert verweigerte akzeptiert billigt pocht versucht",
    ),
    verbs: WordList::new(
        "beharrte zögerte pochte will wollte schweigt schwieg akzeptierte billigte plant plante erwägt erwog beschließt beschloss hofft hoffte \
        fürchtet fürchtete glaubt glaubte meint behauptet behauptete versuchte verspricht versprach verteidigt verteidigte bietet bot liefert \
        lieferte sieht sah setzt setzte stimmt stimmte entsendet entsandte beansprucht beanspruchte bezeichnet bezeichnete beruft nennt nannte \
        signalisiert signalisierte stellt stellte sucht suchte strebt strebte unterzeichnet unterzeichnete ratifiziert darf muss müsse soll sollte \
        kann könne könnte müsste dürfe wolle werde werfe lehne fordere habe sei wollen wollten werfen warfen fordern forderten streiten verhandeln \
        einigten vereinbarten drohen liefern",
    ),
    auxiliaries: WordList::new("hat hatte hätte wird würde ist war haben hatten werden"),
    participles: WordList::new(
        "angekündigt verurteilt gefordert abgelehnt beschlossen vorgeworfen gewarnt zugesagt bestätigt bestritten reagiert erklärt versprochen verhängt \
        geliefert zugestimmt beschuldigt signalisiert zurückgewiesen dementiert kritisiert verlangt unterstützt gedroht akzeptiert gebilligt \
        unterzeichnet ratifiziert entschieden geeinigt entsandt ausgewiesen einbestellt angeboten verweigert vorgeschlagen betont beansprucht \
        anerkannt vereinbart erwogen bereit besorgt verpflichtet ablehnen zustimmen fordern liefern reagieren unterstützen verhängen akzeptieren \
        verlangen beschließen entscheiden einverstanden isoliert",
    ),
    reach: 14,
};

static FRENCH: Habits = Habits {
    place: WordList::new(
        "à a en dans vers depuis de d du près autour devant sur par sous chez rue ville capitale région gare université hors jusqu grand est ouest nord \
        sud centre banlieue aéroport tribunal mairie",
    ),
    governed: WordList::new(
        "accusé presse pressé exhorte exhorté menacé averti critique critiqué soutenu convaincre sanctionné soupçonne soupçonné condamné selon que \
        qu persuader contraindre pousser inquiète irrite",
    ),
    turns: WordList::new("contre envers à"),
    turned: WordList::new(
        "sanctions sanction accusations accusation guerre griefs pression pressions mesures ultimatum aide menaces reproche reproches embargo plainte \
        tensions conflit relations différend pourparlers négociations accord dialogue bras-de-fer brouille discussions rapprochement crise rupture \
        demande demandé ordonne enjoint intime reprochent impute avertissement avertissements message hostilité hostile",
    ),
    between: WordList::new("entre"),
    joints: &[" et "],
    acts_or_governs: WordList::new("accuse accusent accusait menace avertit soutient sanctionne condamne dénonce"),
    verbs: WordList::new(
        "accusera condamnait condamnera annonce annonçait refuse refusait refusera rejette rejetait dénonçait exige exigeait réclame réclamait \
        menaçait prévient affirme affirmait assure assurait dément démentait nie niait estime estimait espère espérait craint craignait veut \
        voulait voudrait souhaite souhaitait appelle appelait soutenait soutiendra propose proposait promet promettait impose imposait reproche \
        reprochait juge jugeait considère considérait plaide plaidait insiste insistait hésite hésitait tente tentait cherche cherchait entend \
        entendait ne n se s doit devait devra peut pouvait pourra pourrait croit prend multiplie réagit réplique répond répondait riposte suspend \
        signe ratifie livre envoie convoque expulse reconnaît reste demeure temporise durcit maintient défend oppose accusaient condamnent \
        refusent rejettent veulent négocient exigent échangent soutiennent menacent signent",
    ),
    auxiliaries: WordList::new("a avait aurait aura est était ont avaient auront n ne s se"),
    participles: WordList::new(
        "condamné annoncé accusé rejeté dénoncé exigé réclamé menacé averti prévenu affirmé assuré démenti nié estimé refusé promis imposé reproché \
        jugé appelé soutenu proposé décidé déclaré dit fait répondu réagi répliqué confirmé signé ratifié livré envoyé convoqué expulsé suspendu \
        reconnu demandé ordonné sanctionné voulu choisi opposé accepté approuvé exprimé indiqué exhorté salué critiqué préféré tenté multiplié prêt \
        disposé déterminé favorable hostile inquiet résolu signé conclu échangé",
    ),
    reach: 4,
};

static SPANISH: Habits = Habits {
    place: WordList::new(
        "en desde hacia de del por sobre hasta cerca para ciudad capital región universidad calle aeropuerto centro norte sur este oeste visita visitó \
        visitar el real gran",
    ),
    governed: WordList::new("según que"),
    turns: WordList::new("a contra hacia con"),
    turned: WordList::new(
        "acusa acusó acusan acusaron acusado acusar pide pidió piden pedido pedir exige exigió exigen exigido exigir insta instó instan instado instar \
        advierte advirtió advierten advertido culpa culpó culpan culpado reprocha reprochó responsabiliza responsabilizó exhorta exhortó apoya apoyó \
        presiona presionó presionar critica criticó sanciona sancionó amenaza amenazó ordena ordenó convencer castiga castigó denuncia denunció \
        sanciones sanción acusaciones guerra aranceles presión presiones medidas amenazas ultimátum ayuda embargo críticas relaciones tensiones \
        tensión conflicto acuerdo negociaciones diálogo disputa crisis pacto choque ruptura pulso alianza",
    ),
    between: WordList::new("entre"),
    joints: &[" y "],
    acts_or_governs: WordList::new(""),
    verbs: WordList::new(
        "acusa acusó acusaba condena condenó condenaba anuncia anunció rechaza rechazó rechazaba denuncia denunció exige exigió exigía pide pidió \
        pedía amenaza amenazó advierte advirtió afirma afirmó asegura aseguró niega negó negaba desmiente desmintió considera consideró espera \
        esperaba teme temía quiere quería quiso busca buscaba apoya apoyó apoyará propone propuso promete prometió impone impuso reprocha reprochó \
        insiste insistió responde respondió reacciona reaccionó suspende suspendió sanciona sancionó firma firmó ratifica ratificó envía envió \
        convoca convocó expulsa expulsó reconoce reconoció mantiene mantuvo defiende defendió sostiene sostuvo declara declaró decide decidió debe \
        debía debería puede podría acepta aceptó confirma confirmó insta instó critica criticó ordena ordenó responsabiliza culpa culpó estudia \
        planea prepara intenta trata descarta descartó celebra reitera reiteró cree creía ve dice dijo prefiere acusan acusaron rechazan \
        rechazaron quieren negocian negociaron exigen exigieron firmaron firman acordaron anunciaron",
    ),
    auxiliaries: WordList::new("ha había habría habrá está estaba han habían no se"),
    participles: WordList::new(
        "condenado anunciado acusado rechazado denunciado exigido pedido amenazado advertido afirmado asegurado negado desmentido considerado prometido \
        impuesto reprochado insistido respondido reaccionado suspendido sancionado firmado ratificado enviado convocado expulsado reconocido mantenido \
        defendido sostenido declarado decidido aceptado confirmado instado criticado ordenado propuesto apoyado querido dicho optado reiterado \
        descartado elegido mostrado expresado dispuesta dispuesto preocupada preocupado lista",
    ),
    reach: 4,
};
