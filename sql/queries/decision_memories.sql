-- grain:    one row per memory that is phrased as a decision, oldest first
-- key:      account_key, memory_id
-- reads:    memories, memory_sources
-- example:  memlake query decision-memories
-- column:   account_key - whose memory it is
-- column:   memory_id - its id, for memlake show
-- column:   content - what the assistant remembers
-- column:   decision - the words that tell of a decision
-- column:   decided_at - when it was said in the source, else when the memory was created, UTC; null if neither is known
-- column:   state - active, disabled, deleted or unknown
-- column:   title - the chat that it came from; null where no source is known
-- column:   url - address of that chat
-- column:   quote - the words of the chat that say it
-- column:   said_by - user, document, assistant or nobody
-- column:   level - recorded, verbatim, near_verbatim, paraphrase or none; null: not looked up yet
-- column:   confidence - how probable the source is; null where none was found or looked for yet
-- What you decided, chose, switched to, plan or prefer over something else, with the chat and the words it came from
with

-- What is denied (not decided) and what is left open (whether to move) is cut out before a decision is looked for.
told as (
    select
        *,
        regexp_replace(
            regexp_replace(
                content,
                '(?i)(\b(not|never|yet|no longer|[a-z]{2,6}n.t)( yet| been| really| fully| finally| to| quite| actually| a| any| made)*'
                || ' (decid|decision|cho(o)?s|opt(ed)?\b|settled|going with|switch|migrat|plan|intend|mov(e|ing)|prefer)[a-z]*'
                || '|\bno decision|\bto be (decided|chosen|settled)|\bdecision to be\b'
                || '|\bdecision (is|was)( still| yet)* (open|pending|outstanding|due|unclear|not)\b'
                || '|\b(não|nunca|sem)( se| foi| está| tem| ainda| me)* (decid|escolh|opt|mud|troc|plane|pretend|tenciona|prefer|vai|vou)[a-z]*'
                || '|\b(no|nunca|sin)( se| ha| he| han| lo| la| está)* (decid|elig|eleg|escog|opt|cambi|plane|piensa|tiene|prefier|pas|va|voy|van)[a-z]*'
                || '|\b(pas|jamais)( encore| vraiment| été| de)* (décid|décision|choisi|opt|pass|prév|préf|compt|envisag)[a-z]*'
                || '|\bn(e |.)(prévoi|préf|compt|envisag)[a-zèé]* pas'
                || '|\b(nicht|nie|niemals|keine?)( endgültig| wirklich| sicher)* (entsch|beschloss|vorgenommen|gewählt|umge|gewechselt|wechselt|geplant|vor\b)[a-zäöü]*'
                || '|\b(plant|beabsichtigt|bevorzugt) (nicht|kein)[a-z]*'
                || '|\b(non|mai)( ha| ho| si| è| ancora| stat[oa])* (decis|scelt|scels|optat|passat|passer|pianific|preved|intend|prefer)[a-z]*'
                || '|\b(niet|nooit|geen)( definitief| echt| nog)* (beslo|beslu|gekozen|overgestapt|van plan)[a-z]*'
                || '|(^|[^а-яё])не( было| был[аи]?)? (решил|решен|принял|принят|выбра|остановил|переш|переход|планиру|собира|намерен|предпочита)[а-яё]*( решени[а-яё]*)?'
                || '|(결정|선택|계획)(한|된) ?(적|바|것)(이|은)? ?없'
                || '|(尚未|还没有?|還沒有?|没有?|沒有?|未|不)(做出|作出|最终|最終)?(决定|決定|选定|選定|选择|選擇|决心|決心|打算|计划|計劃|計畫|改用)'
                || '|未決定|(決め|決まっ|決定し|選ん|選択し|切り替え)(て|で)い?(ない|ません)|決めません|決定(は|が)?(まだ|され)'
                || '|(つもり|予定|計画)(は|が|も)?(ない|なし|ありません))',
                ';。.',
                'g'
            ),
            '(?i)(\b(whether|undecided|unsure|not sure|considers?|considering|thinking (about|of)|wonders?|wondering|might|maybe|perhaps|possibly'
            || '|indecis[oa]|na dúvida|talvez|considera(ndo)?|pensa em|se (deve|vai)|si (debe|va a)|quizás?|tal vez|duda (si|entre)|se plantea'
            || '|peut-être|se demande|réfléchit|ob|vielleicht|schwankt|forse|valuta(ndo)?|si chiede|misschien|overweegt|twijfelt)\b'
            || '|überlegt|erwägt|возможно|может быть|сомневается|是否|考虑|考慮)[^.;,。；，]*',
            ';。.',
            'g'
        ) as told
    from memories
    where channel <> 'likely'
),

phrased as (
    select
        *,
        coalesce(
            -- English
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(decided|decides|decision (to|is|was)|chose|chosen|chooses|opted (for|to)|settled on|going with'
                    || '|will (use|be using|switch)\b|(switch|migrat)(ed|ing) (over )?(to|from)\b|no longer (uses?|wants?)\b'
                    || '|plan(s|ned|ning)? (to|on)\b|intends? to\b|moving (from|to)\b|use\b[^.;]{1,80}?(, not|instead of)\b'
                    || '|prefers?\b[^.;]{1,120}?\b(over|rather than|instead of))\b'
                ),
                ''
            ),
            -- Portuguese
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(decid(iu|i|ido|ida|iram|imos)\b|decis(ão|ões) de|escolh(eu|i|ido|ida)\b|opt(ou|ei) (por|pel[oa])\b'
                    || '|(vai|vou) (usar|utilizar|ficar com|mudar|trocar)\b|usar(á|ei)|não usa mais'
                    || '|mud(ou|ei) (de|para|pr[oa])\b|troc(ou|ei)\b[^.;]{1,80}?\bpor\b'
                    || '|plane[ij][ao]\b|pretend[eo]\b|tenciona\b'
                    || '|prefer(e|iu|ia)\b[^.;]{1,120}?( a | à | ao |em vez d|em lugar d|do que))'
                ),
                ''
            ),
            -- Spanish
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(decid(ió|í|ido|ida|ieron)|decisión de|elig(ió|ieron)|elegí|elegid[oa]\b|escogi(ó|do)|opt(ó|é|ado) por'
                    || '|(va|voy|van) a (usar|utilizar|cambiar)\b|usar(á|é)|ya no usa\b'
                    || '|cambi(ó|é|ado) (a|al|de|por)\b|(se|me) pas(ó|é) a\b'
                    || '|planea\b|planeo\b|tiene (previsto|pensado)\b|piensa (usar|hacer|ir|comprar|mudarse)\b'
                    || '|pref(iere|iero|ieren|irió)[^.;]{1,120}?( a | al |antes que|en lugar de|en vez de|más que))'
                ),
                ''
            ),
            -- French
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(décid(é|er|e |ent )|décision d|choisi(e|t|r)?\b|opt(é|e|ée) pour'
                    || '|(va|vais) (utiliser|passer (à|au|aux|sous))|utilisera\b|n.utilise plus'
                    || '|(est|suis) pass(é|ée) (à|au|aux|sous|de)|a remplacé'
                    || '|prévoi[ts] d|compte (utiliser|faire|aller|acheter|passer)\b|envisage d|l.intention d'
                    || '|préf(ère|éré|érait)[^.;]{1,120}?( à | au | aux |plutôt que|au lieu d))'
                ),
                ''
            ),
            -- German
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(entsch(ieden|ied|eidet|eidung|loss|lossen)\b|beschloss(en)?\b|vorgenommen\b'
                    || '|(hat|habe)\b[^.;]{1,80}?\b(aus)?gewählt\b|wählte\b'
                    || '|(wird|werde)\b[^.;]{1,80}?\b(verwenden|nutzen|benutzen|einsetzen|umsteigen|wechseln)\b'
                    || '|(nutzt|verwendet|benutzt)\b[^.;]{1,80}?\bnicht mehr\b'
                    || '|umgestiegen\b|umgestellt\b|(ge)?wechselt(e)?\b|(steigt|stieg)\b[^.;]{1,60}?\bum\b'
                    || '|(ge)?plant\b|(hat|habe) vor\b|beabsichtigt\b|(zieht|ziehe)\b[^.;]{1,120}?\bvor\b'
                    || '|bevorzug(t|e)\b[^.;]{1,120}?(statt|gegenüber|anstelle)|lieber\b[^.;]{1,120}?\bals\b)'
                ),
                ''
            ),
            -- Italian
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(decis[oaei]\b|decisione di|scelt[oa]\b|scelse\b|optato per|user(à|ò)|non usa più'
                    || '|passat[oa] (a|al|alla)\b|passerà (a|al|alla)\b|pianifica\b|prevede di\b|intende\b'
                    || '|preferi(sce|sco)\b[^.;]{1,120}?( a | al | alla |invece di|piuttosto che))'
                ),
                ''
            ),
            -- Dutch
            nullif(
                regexp_extract(
                    told,
                    '(?i)\b(besl(oot|oten)\b|besluit om|(heeft|heb)\b[^.;]{1,80}?\bgekozen\b|(kiest|koos) voor\b'
                    || '|gaat\b[^.;]{1,60}?\bgebruiken\b|overgestapt\b|stapt\b[^.;]{1,40}?\bover\b|van plan\b'
                    || '|verkiest\b[^.;]{1,120}?\bboven\b|voorkeur aan\b[^.;]{1,120}?\bboven\b)'
                ),
                ''
            ),
            -- Russian
            nullif(
                regexp_extract(
                    told,
                    '(?i)(решил|решено|решение|выбрал|остановил(ся|ась) на|(будет|буду) использовать|больше не использу'
                    || '|переш(ёл|ел|ла) на|переходит на|планиру(ет|ю)|собира(ется|юсь)|намерен'
                    || '|предпочита(ет|ю)[^.;]{1,120}?(чем|вместо|, а не))'
                ),
                ''
            ),
            -- Korean
            nullif(
                regexp_extract(
                    told,
                    '(결정(했|한|함)|기로 ?(했|한|함|하|정|결정)|정했|선택(했|한|함)|골랐|택했|바꿨|바꾸었|갈아탔|갈아탐|전환했|전환함'
                    || '|계획(이다|이며|이 있|하고|중)|[가-힣] 예정|보다[^.]{1,60}(선호|더 좋아))'
                ),
                ''
            ),
            -- Chinese
            nullif(
                regexp_extract(
                    told,
                    '(决定|決定|选择了|選擇了|选定|選定|选用|選用|决心|決心|改用|改为|改為|换成|換成|转用|轉用|切换到|切換到|不再使用'
                    || '|打算|(计划|計劃|計畫)(在|去|于|於|要|将|將|把|从|從|用|使用|明年|今年|下)'
                    || '|(更喜欢|更喜歡|更偏好|宁愿|寧願|宁可|寧可)[^。；]{1,60}(而不是|而非|胜过|勝過|不)|比起[^。；]{1,60}更)'
                ),
                ''
            ),
            -- Japanese
            nullif(
                regexp_extract(
                    told,
                    '(決めた|決めて|決めま|決定|決心|ことにし|選んだ|選びまし|選択し|切り替え|乗り換え|に変更し|に移行し|使わなくな'
                    || '|つもり|予定(だ|です|で|。|$)|計画(し|中|だ|です)|より[^。]{1,60}(好|のほう|の方|ほうが|を選))'
                ),
                ''
            )
        ) as decision
    from told
)

select
    p.account_key,
    p.memory_id,
    p.content,
    trim(p.decision) as decision,
    coalesce(s.message_at, p.created_at) as decided_at,
    p.state,
    s.title,
    s.url,
    s.quote,
    s.said_by,
    s.level,
    case when s.level <> 'none' then s.confidence end as confidence
from phrased p
join memory_sources s using (account_key, memory_id)
where p.decision is not null
order by p.account_key, decided_at nulls last, p.memory_id;
