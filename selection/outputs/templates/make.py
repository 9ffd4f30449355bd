"""Makes the package's own Word templates: real headings, header rows of tables, the document's language."""

# ruff: noqa: E501

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

from selection.outputs.archive import saved
from selection.outputs.word import set_up, shade

WORDS: dict[str, dict[str, Any]] = {
    "fi": {
        "locale": "fi-FI",
        "title": "§ ___ Kumppanuuspöytien jäsenten{% if has_deputies %} ja varajäsenten{% endif %} nimeäminen "
        "toimikaudelle {{ term }}",
        "preparer": "Valmistelija: [täydennä: nimi ja nimike]",
        "background": "Selostus",
        "background_text": (
            "{% if table_count > 1 %}Alueellisia kumppanuuspöytiä on {{ table_count }}: {{ table_names }}. Ne ovat kuntalain "
            "(410/2015) 30 §:n mukaisia toimikuntia.{% else %}Kumppanuuspöytiä on yksi: {{ table_names }}. Se on kuntalain "
            "(410/2015) 30 §:n mukainen toimikunta.{% endif %} Jäseniä haettiin avoimella haulla {{ call }}. Hakijoita on "
            "{{ applications }}{% if table_count > 1 %}; käytettävissä pöytiin: {{ per_table }} (sama hakija voi olla "
            "käytettävissä useaan pöytään){% endif %}.",
            "Ehdotuksen valmistelussa on käytetty laskentaohjelmaa, joka etsii valintaperusteet parhaiten täyttävän "
            "kokoonpanon (kokonaislukuoptimointi, ei tekoälyä).{% if proven %} Yhtä hyvistä kokoonpanoista ratkaisee "
            "arpa, jonka siemen on {{ seed }}; laskenta ja arvonta voidaan toistaa.{% endif %}"
            " {{ state }}",
        ),
        "rules": "Mitä valinnassa on otettu huomioon",
        "rule_headers": ("Laji", "Peruste", "Sisältö"),
        "not_applied": "Mitä ei ole voitu ottaa huomioon:",
        "gender": "Naiset ja miehet",
        "gender_text": (
            "Naisten ja miesten välisestä tasa-arvosta annetun lain (609/1986) 4 a §:n mukaan toimielimessä on oltava sekä "
            "naisia että miehiä vähintään 40 prosenttia, jollei erityisistä syistä muuta johdu. Osuus lasketaan "
            "{% if table_count > 1 %}jokaisen {% endif %}pöydän jäsenistä{% if has_deputies %} ja varajäsenistä erikseen{% endif %}.{% if all_measured %} Varsinaisista jäsenistä naisia on "
            "{{ member_women }} ja miehiä {{ member_men }}{% if has_deputies %}, varajäsenistä naisia {{ deputy_women }} ja "
            "miehiä {{ deputy_men }}{% endif %}.{% endif %}"
        ),
        "gender_met": "Vähimmäisosuus toteutuu{% if table_count > 1 %} kaikissa pöydissä{% endif %}{% if roundings %}, osin pyöristettynä lähimpään "
        "kokonaiseen henkilömäärään{% endif %}.",
        "gender_reason": "{{ short.line }} Erityinen syy, jonka vuoksi vähimmäisosuus ei toteudu, ja tehdyt toimet: "
        "{{ short.reason }}",
        "gender_headers": ("Pöytä", "Tehtävä", "Naisia", "Miehiä", "Muu tai ei ilmoitettu", "Yhteensä", "Naisten osuus",
                           "Miesten osuus", "Vähintään 40 %"),
        "reasons": "Perustelut pöydittäin",
        "proposal": "Päätösehdotus",
        "proposal_text": "Kaupunginhallitus päättää nimetä kumppanuuspöytiin toimikaudeksi {{ term }} seuraavat jäsenet"
        "{% if pairs %} ja heille henkilökohtaiset varajäsenet{% elif has_deputies %} ja varajäsenet{% endif %}. "
        "{% if pairs %}Jäsenet ovat aakkosjärjestyksessä, ja henkilökohtainen varajäsen on jäsenensä rinnalla."
        "{% elif has_deputies %}Jäsenet ovat aakkosjärjestyksessä ja varajäsenet siinä järjestyksessä, jossa he tulevat "
        "jäsenen sijaan.{% else %}Nimet ovat aakkosjärjestyksessä.{% endif %}",
        "pair_headers": ("Jäsen", "Edustaa", "Henkilökohtainen varajäsen", "Varajäsen edustaa"),
        "member_headers": ("Jäsen", "Edustaa"),
        "deputy_headers": ("Varajäsen", "Edustaa"),
        "chair": "Pöydät valitsevat keskuudestaan puheenjohtajan ja varapuheenjohtajan.",
        "decision": "Päätös",
        "decision_text": "[täytetään kokouksessa]",
        "notice": "Tiedoksi",
        "notice_text": "Valitut, hakijat, osallisuuskoordinaattori [täydennä]",
        "appeal": "Muutoksenhaku",
        "appeal_text": "Päätökseen haetaan muutosta oikaisuvaatimuksella 14 päivän kuluessa päätöksen tiedoksisaannista (kuntalaki "
        "134–141 §) [lakimies tarkistaa]. "
        "[Liitä kaupungin oikaisuvaatimusohje.]",
    },
    "sv": {
        "locale": "sv-FI",
        "title": "§ ___ Utnämning av ledamöter{% if has_deputies %} och ersättare{% endif %} till partnerskapsborden för "
        "mandatperioden {{ term }}",
        "preparer": "Beredare: [fyll i: namn och tjänstebeteckning]",
        "background": "Redogörelse",
        "background_text": (
            "{% if table_count > 1 %}De områdesvisa partnerskapsborden är {{ table_count }}: {{ table_names }}. De är kommittéer "
            "enligt 30 § i kommunallagen (410/2015).{% else %}Det finns ett partnerskapsbord: {{ table_names }}. Det är en "
            "kommitté enligt 30 § i kommunallagen (410/2015).{% endif %} Ledamöter söktes genom en öppen ansökan {{ call }}. "
            "Antalet sökande är {{ applications }}{% if table_count > 1 %}; till förfogande för borden: {{ per_table }} (samma "
            "sökande kan stå till förfogande för flera bord){% endif %}.",
            "Vid beredningen har man använt ett program som söker den sammansättning som bäst uppfyller urvalsgrunderna "
            "(heltalsoptimering, inte artificiell intelligens).{% if proven %} Bland lika bra sammansättningar avgör lotten, "
            "vars frö är {{ seed }}; beräkningen och lottningen kan upprepas.{% endif %}"
            " {{ state }}",
        ),
        "rules": "Vad som har beaktats i valet",
        "rule_headers": ("Slag", "Grund", "Innehåll"),
        "not_applied": "Vad som inte har kunnat beaktas:",
        "gender": "Kvinnor och män",
        "gender_text": (
            "Enligt 4 a § i lagen om jämställdhet mellan kvinnor och män (609/1986) ska kvinnor och män vara företrädda i "
            "organet till minst 40 procent vardera, om inte särskilda skäl talar för något annat. Andelen räknas "
            "för {% if table_count > 1 %}varje bords{% else %}bordets{% endif %} ledamöter{% if has_deputies %} och ersättare var för sig{% endif %}.{% if all_measured %} Av de ordinarie ledamöterna är "
            "{{ member_women }} kvinnor och {{ member_men }} män{% if has_deputies %}, av ersättarna {{ deputy_women }} "
            "kvinnor och {{ deputy_men }} män{% endif %}.{% endif %}"
        ),
        "gender_met": "Minimiandelen uppfylls{% if table_count > 1 %} vid alla bord{% endif %}{% if roundings %}, delvis avrundad till närmaste "
        "hela antal personer{% endif %}.",
        "gender_reason": "{{ short.line }} Särskilda skäl till att minimiandelen inte uppfylls, och vidtagna åtgärder: "
        "{{ short.reason }}",
        "gender_headers": ("Bord", "Uppdrag", "Kvinnor", "Män", "Annat eller ej uppgett", "Totalt", "Andel kvinnor",
                           "Andel män", "Minst 40 %"),
        "reasons": "Motivering för varje bord",
        "proposal": "Beslutsförslag",
        "proposal_text": "Stadsstyrelsen beslutar att för mandatperioden {{ term }} utse följande ledamöter"
        "{% if pairs %} och personliga ersättare för dem{% elif has_deputies %} och ersättare{% endif %} till "
        "partnerskapsborden. {% if pairs %}Ledamöterna står i alfabetisk ordning, och den personliga ersättaren bredvid sin "
        "ledamot.{% elif has_deputies %}Ledamöterna står i alfabetisk ordning och ersättarna i den ordning som de träder in i "
        "en ledamots ställe.{% else %}Namnen står i alfabetisk ordning.{% endif %}",
        "pair_headers": ("Ledamot", "Företräder", "Personlig ersättare", "Ersättaren företräder"),
        "member_headers": ("Ledamot", "Företräder"),
        "deputy_headers": ("Ersättare", "Företräder"),
        "chair": "Borden väljer inom sig en ordförande och en vice ordförande.",
        "decision": "Beslut",
        "decision_text": "[fylls i på mötet]",
        "notice": "För kännedom",
        "notice_text": "De valda, de sökande, delaktighetskoordinatorn [fyll i]",
        "appeal": "Ändringssökande",
        "appeal_text": "Ändring i beslutet söks genom begäran om omprövning inom 14 dagar från delfåendet av beslutet (134–141 § i "
        "kommunallagen) [kontrolleras av jurist]. "
        "[Foga stadens anvisning om begäran om omprövning.]",
    },
}  # fmt: skip


def template_bytes(code: str) -> bytes:
    """The template of one language."""
    words = WORDS[code]
    document: Any = Document()
    set_up(document, words["locale"])
    document.add_heading(words["title"], level=1)
    document.add_paragraph(words["preparer"])
    document.add_heading(words["background"], level=2)
    for paragraph in words["background_text"]:
        document.add_paragraph(paragraph)
    document.add_heading(words["rules"], level=3)
    _table(document, words["rule_headers"], "rule", "rules", ("kind", "name", "words"), (3.5, 4.5, 9.0))
    _when(document, "not_applied", words["not_applied"])
    document.add_paragraph("{%p for one in not_applied %}")
    document.add_paragraph("{{ one }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if equality_act %}")
    document.add_heading(words["gender"], level=3)
    document.add_paragraph(words["gender_text"])
    _when(document, "all_balanced", words["gender_met"])
    _each(document, "rounded", "roundings", "{{ rounded }}")
    _each(document, "short", "shortfalls", words["gender_reason"])
    _each(document, "unknown", "unmeasured", "{{ unknown }}")
    figures = ("table", "body", "women", "men", "unstated", "size", "women_percent", "men_percent", "verdict")
    _table(document, words["gender_headers"], "one", "balances", figures, (2.2, 2.2, 1.5, 1.5, 2.2, 1.9, 1.6, 1.6, 3.1))
    document.add_paragraph("{%p endif %}")
    document.add_heading(words["reasons"], level=3)
    document.add_paragraph("{%p for table in tables %}")
    document.add_heading("{{ table.name }}", level=4)
    document.add_paragraph("{{ table.statement }}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading(words["proposal"], level=2)
    document.add_paragraph(words["proposal_text"])
    document.add_paragraph("{%p for table in tables %}")
    document.add_heading("{{ table.name }}", level=3)
    document.add_paragraph("{%p if pairs %}")
    pair = ("name", "organisation", "deputy.name", "deputy.organisation")
    _table(document, words["pair_headers"], "one", "table.members", pair, (4.0, 4.5, 4.0, 4.5))
    document.add_paragraph("{%p else %}")
    _table(document, words["member_headers"], "one", "table.members", pair[:2], (8.0, 9.0))
    document.add_paragraph("{%p if has_deputies %}")
    _table(document, words["deputy_headers"], "one", "table.deputies", pair[:2], (8.0, 9.0))
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph(words["chair"])
    for part in ("decision", "notice", "appeal"):
        document.add_heading(words[part], level=2)
        document.add_paragraph(words[f"{part}_text"])
    return saved(document, dt.datetime(2021, 1, 1))


def _when(document: Any, condition: str, paragraph: str) -> None:
    document.add_paragraph(f"{{%p if {condition} %}}")
    document.add_paragraph(paragraph)
    document.add_paragraph("{%p endif %}")


def _each(document: Any, one: str, many: str, paragraph: str) -> None:
    document.add_paragraph(f"{{%p for {one} in {many} %}}")
    document.add_paragraph(paragraph)
    document.add_paragraph("{%p endfor %}")


def _table(
    document: Any, headers: Sequence[str], one: str, many: str, cells: Sequence[str], widths: Sequence[float]
) -> None:
    """A table with one header row that is repeated on each page, and a row for each of many."""
    table = document.add_table(rows=4, cols=len(headers))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    rows = list(table.rows)
    for number, (header, name) in enumerate(zip(headers, cells, strict=True)):
        run = rows[0].cells[number].paragraphs[0].add_run(header)
        run.bold = True
        shade(rows[0].cells[number])
        rows[2].cells[number].paragraphs[0].add_run(f"{{{{ {one}.{name} }}}}")
    rows[1].cells[0].paragraphs[0].add_run(f"{{%tr for {one} in {many} %}}")
    rows[3].cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for row in rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)
    rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def main() -> None:
    """Write the templates of all languages beside this module."""
    for code in WORDS:
        Path(__file__).with_name(f"board_item_{code}.docx").write_bytes(template_bytes(code))


if __name__ == "__main__":
    main()
