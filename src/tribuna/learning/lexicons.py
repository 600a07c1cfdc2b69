"""Words by what they are for: asking somebody to come over, promising money, flattering, arguing. Written for this.

They are no list of what is forbidden. Each is one number among many, and any of these words may stand in a real
comment. Accents and capitals are left out; phrases have up to three words.
"""

from __future__ import annotations

from collections.abc import Mapping

_CALLS = """
click clicking visit subscribe subscribing follow followers download join register signup sign-up unsubscribe
check-out checkout check-it-out check-this check-my check-me watch-my go-to take-a-look look-at-my look-up type-in
search-for come-to stop-by swing-by sign-up log-on log-in order-now buy-now shop-now apply-now call-now text-me call-me
write-to-me email-me mail-me message-me dm-me contact-me contact-us reach-me add-me hit-me-up inbox-me pm-me reply-with
txt reply-to send-stop opt-out text-back whatsapp telegram link-in visit-my visit-our visit-us find-us find-me
learn-more read-more find-out-more more-info more-information more-details go-here over-here right-here click-here
haz-clic haga-clic clic-aqui pincha pinche entra-en entren visita visiten visite suscribete suscribanse suscribirse
siganme sigueme siguenos descarga descargue registrate unete contactame contactenos escribeme escribanos llamame
llamanos mas-informacion mas-info en-mi-perfil mi-perfil
cliquez clique-ici visitez abonnez-vous abonnez telecharger telechargez contactez-moi contactez ecrivez-moi inscrivez
clique cliquem visite-o inscreva inscrevam baixe acesse entre-em-contato chame-no siga-me
klick klicken besuchen abonniert abonnieren schreib-mir iscriviti clicca visita-il
"""
_MONEY = """
free cash prize prizes win winner winners winning won award awarded bonus voucher vouchers coupon coupons discount
discounts cheap cheapest affordable offer offers offering deal deals sale price prices earn earning earned earnings
income profit profits profitable invest investing investment investor loan loans lender lending mortgage refinance
credit
debt bitcoin btc crypto ethereum usdt forex trading trader binary-options paypal giveaway gift-card gift-cards jackpot
lottery claim rewards reward refund guaranteed guarantee payday per-day per-week per-hour a-day an-hour make-money
work-from-home from-home at-home online-job extra-cash extra-income passive-income financial-freedom get-paid paid-me
funds wallet payout payouts deposit withdraw withdrawal entitled selected valued-customer pounds quid ringtone tone
tones
gratis dinero premio premios ganar gane gana ganador ganadores ganancias ingresos inversion invertir prestamo prestamos
credito descuento descuentos oferta ofertas barato baratos sorteo bono regalo desde-casa trabajar-desde por-hora por-dia
gratuit gratuitement argent gagner gagnez gagnant pret prets credit investissement reduction promo bon-plan cadeau
gratuito dinheiro ganhar ganhe renda emprestimo emprestimos desconto lucro investimento promocao
kostenlos gewinn gewinnen geld kredit verdienen gratis soldi guadagnare prestito
"""
_VICE = """
viagra cialis levitra pills pill pharmacy pharma prescription tramadol xanax weight-loss lose-weight diet keto slimming
fat-burning supplement supplements testosterone enlargement male-enhancement erectile hgh steroids cbd vape kush
casino casinos poker slots slot roulette betting bet bets bookmaker gambling baccarat sportsbook togel judi
sex sexy sexual porn porno xxx nude nudes naked webcam cam cams escort escorts horny milf adult hookup hookups dating
singles chat flirt girls-near hot-girls meet-girls lonely women-near
farmacia pastillas adelgazar bajar-de-peso apuestas apostar tragaperras ruleta desnuda desnudas citas solteras chicas
pharmacie pilules maigrir pari paris-sportifs rencontre rencontres nue nues femmes-seules
farmacia emagrecer apostas cassino garotas acompanhantes abnehmen wetten scommesse
"""
_SELF = """
my-channel my-video my-videos my-page my-site my-website my-blog my-music my-song my-songs my-cover my-covers my-profile
my-instagram my-facebook my-twitter my-store my-shop my-business my-company my-service my-services my-link my-mixtape
my-new my-latest my-rap my-beats my-remix my-parody my-stuff my-work our-channel our-website our-site our-company
our-services our-service our-products our-product our-page our-team our-store our-video our-band our-music channel
channels youtuber youtubers we-offer we-provide we-are-a i-offer i-provide i-upload i-make-videos make-videos cover-of
covers-of vlogs vlog gameplay soundcloud mixtape mixtapes upload uploads uploaded new-video this-video-of video-of
check-ours i-sing i-rap rapper singer-songwriter up-and-coming small-channel new-channel
mi-canal mis-videos mi-video mi-pagina mi-sitio mi-web mi-blog mi-musica mi-empresa nuestra-empresa nuestros-servicios
nuestra-web nuestra-pagina nuestro-canal ofrecemos somos-una
ma-chaine mon-site mon-blog ma-page mes-videos notre-site notre-entreprise nous-offrons nous-proposons
meu-canal meu-site minha-pagina meus-videos nossa-empresa nosso-site oferecemos
mein-kanal meine-seite unsere-firma il-mio-canale
"""
_TRADE = """
seo backlink backlinks link-building traffic web-traffic rank ranking rankings google-ranking web-design
website-design web-development hosting domain marketing digital-marketing social-media-marketing instagram-followers
leads essay essays assignment-help homework-help dissertation thesis-writing replica replicas rolex handbags
louis-vuitton
gucci nike-shoes sneakers-outlet outlet wholesale supplier manufacturer movers plumber plumbing locksmith roofing
contractor cleaning-services pest-control car-rental limo taxi-service packers escorts-in call-girls spell caster
spell-caster love-spell spells herbal doctor-who dr ex-back my-ex hiv-cure herpes cure-for cured hacker hackers
recovery-expert recover-your recovered-my lost-funds fake-documents passports driver-license cloned-cards iptv crack
keygen serial-key apk mod-apk torrent full-movie watch-online streaming-free hd-free unlimited-coins generator cheats
posicionamiento posicionamiento-web visitas-web brujo amarres amarre hechizo tarot vidente reformas cerrajero fontanero
referencement marabout voyant voyance serrurier plombier amarracao feitico encanador
"""
_HURRY = """
now today urgent urgently hurry limited limited-time act-now asap immediately instantly instant last-chance expires
expire ends-soon dont-miss do-not-miss miss-out only-today while-stocks 100 100% no-risk risk-free no-obligation
satisfaction final-notice act-fast this-week within-24 24-hours 48-hours in-minutes guaranteed-results trusted legit
genuine certified best-price lowest ultimate amazing-offer exclusive
ahora hoy urgente date-prisa plazas-limitadas solo-hoy ultima-oportunidad no-te-pierdas inmediato garantizado
maintenant urgent vite derniere-chance garanti agora hoje urgente garantido jetzt sofort subito
"""
_FLATTERY = """
great-post nice-post good-post great-article nice-article awesome-article great-blog nice-blog awesome-blog great-site
nice-site great-website awesome-post amazing-post excellent-post wonderful-post great-info great-information
useful-information very-informative informative-post informative-article thanks-for-sharing thank-you-for-sharing
thanks-for-posting keep-it-up keep-up keep-posting good-work great-work this-blog your-blog your-site your-website
your-post your-web-site your-webpage weblog blogging blogger bookmarked bookmark bookmarking i-bookmarked stumbled
stumbled-upon came-across your-writing writing-style well-written i-will-share rss feed rss-feed theme-are-you
browser-compatibility loads-quickly very-useful helpful-info valuable-information content-you subscribe-to-your
gran-post buen-articulo excelente-articulo gracias-por-compartir tu-blog su-blog muy-interesante excelente-post
muy-util tu-pagina bel-article merci-pour-le votre-blog votre-site super-article otimo-post otimo-artigo seu-blog
obrigado-por-compartilhar toller-artikel
"""
_BEGGING = """
please pls plz plzz pleas support support-me help-me help-us give-me-a give-us-a a-chance thumbs-up thumbs like-this
like-if like-and likes a-like sub sub-to sub-me subs sub4sub f4f l4l subscribers share-this share-it spread-the-word
mean-a-lot means-a-lot mean-the-world change-my-life appreciate-it be-appreciated appreciated takes-a-second
few-seconds few-minutes wont-regret not-regret you-wont promise feedback donate donation donations petition vote-for
sign-the retweet repost comment-back sub-back follow-back dont-ignore read-this hey-guys hi-guys hello-everyone
hey-everyone hi-everyone guys friends-and dear-friend dear-friends dear-sir god-bless honest-opinion constructive
por-favor apoyen apoyame ayudenme compartan compartir-este dale-like denme hola-amigos hola-a-todos se-los-agradeceria
svp s-il-vous-plait soutenez partagez bonjour-a-tous por-favor ajudem compartilhem ola-pessoal bitte teilt
"""
_TALK = """
i-think i-agree i-disagree i-believe i-dont i-doubt i-wonder i-guess i-hope i-remember i-understand i-feel agree
disagree opinion because although however therefore instead whether perhaps maybe actually obviously clearly unless
why who should shouldnt would wouldnt could couldnt cant didnt doesnt isnt wasnt arent wont people government law laws
court police mayor city council tax taxes taxpayers vote voters election party policy politicians public school schools
children country state federal history article reporter story point question problem reason evidence truth wrong right
true false fact facts really never always nothing everyone nobody anyone else said says same those these they them their
he she his him her was were had been did
creo-que pienso-que opino estoy-de-acuerdo no-estoy porque aunque quizas tal-vez gobierno ley alcalde ciudad
ayuntamiento impuestos elecciones partido vecinos gente pueblo razon verdad mentira nunca siempre nadie ellos dijo
je-pense je-crois d-accord parce-que pourtant peut-etre gouvernement loi maire ville impots elections parti gens jamais
toujours personne eux acho-que concordo discordo porque talvez governo lei prefeito cidade impostos eleicoes pessoas
ich-denke ich-finde weil obwohl regierung leute nie immer
"""
_FUNCTION = """
the a an of to in and or but is are was be it that this for on with as at by from not no so if then than too very just
what when where how which there here he she they we you i me my your his her its our their them him us do does did have
has had can will would all some any more most much about into over only up out
el la los las un una de del al en y o pero es son era que se no por para con como lo le su sus mi tu me te ya muy si
cuando donde este esta eso esto hay mas
le les des du et ou mais est sont ce cette qui que ne pas dans sur avec pour par il elle nous vous je tu on au aux
os as um uma do da dos das em e ou mas com para por nao que se ele ela seu sua eu voce
der die das und oder aber ist sind ein eine nicht in zu mit von den dem es ich du er sie wir auf
il lo gli di e che non per un una con sono
"""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.replace("-", " ") for phrase in text.split())


LEXICONS: Mapping[str, frozenset[str]] = {
    "calls": _phrases(_CALLS),
    "money": _phrases(_MONEY),
    "vice": _phrases(_VICE),
    "self": _phrases(_SELF),
    "trade": _phrases(_TRADE),
    "hurry": _phrases(_HURRY),
    "flattery": _phrases(_FLATTERY),
    "begging": _phrases(_BEGGING),
    "talk": _phrases(_TALK),
    "function": _phrases(_FUNCTION),
}
