// What both verifiers read; the same three texts as methods/draw/tables.py.

export const SHAPE = `
file format:text serial:int salt:hex64? plan:?plan result:?result steps:*step register:*row key:text
plan purpose:%text role:name strata:*stratum targets:%*id exclusions:*exclusion inspectors:*inspector pairs:pairs \
conflicts:*hex64
stratum class:name num:int den:int count:int field:name?
exclusion id:id reason:name
inspector id:id unit:name fields:*name
pairs wanted:bool different_units:bool
result drawn:%*id assignments:*assignment unassignable:*id opened:*opening
assignment stratum:name target:id team:*id
opening inspector:id target:id salt:hex32
row serial:int commitment:committed outcome:name reason:name?
step does:name content:any proof:text
committed format:text serial:int previous:hex64 head:hex64 sections:sections rule:rule
sections purpose:hex64 role:hex64 strata:hex64 targets:hex64 exclusions:hex64 inspectors:hex64 pairs:hex64 \
conflicts:hex64
rule drand:?round dice:int parties:*party_rule
round chain:name round:int
party_rule name:name commitment:hex64
drand source:name round:int signature:hex previous:hex
dice source:name digits:text
party source:name name:name value:hex64?
drawn root:hex64 size:int
substituted role:name stratum:name target:id out:id in:id? team:*id reason:name evidence:hex64 opened:*opening \
salt:hex32
revealed code:hex64
voided reason:name note:text
`;

export const CHANGED = `
committed forged_commitment
drand forged_beacon
dice forged_dice
party forged_reveal
drawn changed_after_draw
substituted forged_substitution
revealed wrong_code
voided unexplained_void
purpose changed_purpose
role changed_purpose
strata changed_ratio
targets replaced_pool
exclusions hidden_exclusion
inspectors replaced_inspectors
pairs changed_pairing
conflicts padded_conflicts
`;

export const SAID = `
malformed 文件不完整，或者不是本格式的抽取文件，无法核对。
late_commitment 承诺太晚：方案封存时，随机数已经产生或者可以预知。
early_reveal 揭示太早：随机数还没有产生或者抽取还没有进行，一次性代码就公开了。
re_run 重复抽取：本编号下有重复的、多余的或者没有公布的步骤。
dropped_serial 编号缺失：有抽取没有公布，编号不连续或者前后承诺接不上。
reused_code 一次性代码重复使用：两次抽取用了同一个代码。
forged_commitment 承诺被改动：文件里的承诺不是登记在账本里的那一份。
false_outcome 结局不符：编号登记表写的结局与本次抽取的步骤不一致。
unexplained_void 作废没有理由，或者作废理由被改动。
unproven 这一步还没有账本证明，请等检查点签发后重新下载再核对。
foreign_key 公钥不符：文件不是用您指定的账本公钥签署的。
forged_proof 证明不成立：这一步不在签过名的账本里。
other_randomness 换用随机数：来源、轮次与事先约定的不一致，或者缺少一个来源。
forged_beacon 伪造信标：公共信标的签名不成立，或者不是登记的那一个。
forged_dice 伪造骰子：骰子点数不是20位数字，或者不是当场登记的点数。
forged_reveal 伪造揭示：参与方的数值与事先交来的承诺值或者登记的数值不符。
wrong_code 代码不符：一次性代码与承诺对不上。
changed_purpose 改动事由：抽查事由或者抽取种类与封存时不同。
changed_ratio 改动比例：各类抽取比例、数量或者领域与封存时不同。
replaced_pool 替换名录：检查对象名录与封存时不同。
hidden_exclusion 暗中排除：排除名单与封存时不同，或者抽中了已排除的对象。
replaced_inspectors 替换人员：检查人员名录与封存时不同。
changed_pairing 改动配对规则：配对规则与封存时不同。
padded_conflicts 虚增回避：回避关系不在封存的名单里，或者公开了没有用到的回避关系。
duplicate_id 代码重复：同一个对象或者人员在一份名单里出现了两次。
wrong_stratum 类别不符：抽中的对象不属于这一类。
reordered_results 调换次序：结果的先后次序与抽取次序不同。
undisclosed_skip 暗中跳过：有对象或者人员被跳过而没有公布理由。
changed_result 改动结果：公布的对象不是抽中的对象。
hidden_unassignable 隐瞒无法配对：没有人能检查的对象名单不对。
swapped_inspector 调换人员：检查人员不是抽中的人员。
changed_after_draw 事后改动：结果与抽取当时登记的摘要不同。
forged_substitution 替换不符：替换没有按下一个顺位进行。
`;
