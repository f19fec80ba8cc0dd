import Foundation
import XLSX

/// A campaign as the office's own papers tell it: blank workbooks, a notice with its annexes, or both.
public struct LearnedCampaign {
  /// A workbook of the office that the campaign keeps as the form of some of its forms.
  struct Blank {
    var name: String
    var bytes: [UInt8]
  }

  var id = ""
  var title = ""
  var office = ""
  var year = 0
  var forms: [LearnedForm] = []
  var units: [String] = []
  var targets: [LearnedTargets] = []
  var documents: [NoticeReader.Document] = []
  var contact: (name: String?, phone: String?, mail: String?) = (nil, nil, nil)
  var blanks: [Blank] = []
  public internal(set) var questions: [LearnQuestion] = []
  /// Answers to questions that are asked later, when what was read is tried.
  var openAnswers: [LearnReplies.Answer] = []
  var leavesOutAnswers = false
  /// The answers that were left out, by their ids, and why.
  public internal(set) var leftOut: [(id: String, why: FormsError)] = []
  /// How many questions have had no name of their own.
  var lastNote = 0
  private var noticeTitle: String?
  /// The title that a person gave.
  var givenTitle: String?
  /// What became of last year's campaign; `nil` without one.
  var changes: [LearnChange]?
  var base: LearnBase?
  /// The forms whose deadline nobody said.
  var missingDeadlines: Set<String> = []

  private static let words = LearnWords.builtin

  /// Reads what an office has.
  ///
  /// - Parameters:
  ///   - files: Blank workbooks (.xlsx, .xls, .et, .ods) and notices (.docx), in any order.
  ///   - answers: What a person has confirmed or told.
  ///   - base: Last year's campaign: its codes, aliases and rule parameters stay for what stayed.
  /// - Throws: ``FormsError`` of code `input` for a file that cannot be read or that holds no form.
  public init(
    files: [String], from base: LearnBase? = nil, answers: LearnReplies = LearnReplies()
  ) throws {
    self.base = base
    let words = Self.words
    let heads = HeadLineVocabulary(learning: words)
    var notices: [Notice] = []
    var sheets: [LearnTable] = []
    for file in files {
      switch try LearnInput.read(file, words: words, heads: heads) {
      case .notice(let notice): notices.append(notice)
      case .sheets(let tables, let blank):
        sheets += tables
        if let blank { blanks.append(blank) }
      }
    }
    for table in notices.flatMap(\.tables) + sheets { read(table, words: words, heads: heads) }
    guard !forms.isEmpty else {
      throw FormsError(
        .input,
        LocalizedText(
          zh: "没有找到报表：空白表应有表头和待填的空格，通知应附有报表",
          en: "there is no form: a blank has headings and cells to fill in, a notice has forms as annexes"),
        file: files.first)
    }
    let years = forms.flatMap { NoticeReader.years($0.title) }
    let readers = notices.map { NoticeReader($0, formYears: years, words: words) }
    label(by: readers.flatMap(\.annexes), words: words)
    if let reader = readers.first {
      take(reader, notice: notices[0], words: words)
    } else {
      takeBlanksAlone(years, files)
    }
    for reader in readers { questions += reader.questions }
    matchTargets(words, notices: readers)
    askForUnits(files)
    nameQuestions()
    try take(answers)
    nameIdentifiers()
    if let base { compare(with: base) }
    settle()
  }

  // Tables.

  private mutating func read(_ table: LearnTable, words: LearnWords, heads: HeadLineVocabulary) {
    let table = table.unfolded(heads: heads) ?? table
    let caption = table.caption(words: words, heads: heads)
    if !table.isUnfolded, let learner = TargetLearner(table, caption: caption, words: words) {
      guard
        !targets.contains(where: {
          LearnText.labelKey($0.label) == LearnText.labelKey(learner.result.label)
            && $0.units == learner.result.units
        })
      else { return }
      targets.append(learner.result)
      questions += learner.questions
      return
    }
    let label = caption.label ?? ""
    guard
      let learner = FormLearner(
        table, label: label, title: caption.title.isEmpty ? table.sheet ?? "" : caption.title,
        noteMeasures: caption.measures, words: words)
    else { return }
    var form = learner.form
    for head in caption.heads where !form.heads.contains(where: { $0.role == head.role }) {
      form.heads.append((head.role, head.text, head.isAbove))
    }
    if let unread = table.unread {
      questions.append(
        LearnQuestion(
          unread, zh: "“\(form.title)”下面还有带框的内容，没有读作报表的一部分，请核对；是表中的行的，请去掉上面那一行行首的冒号或备注字样",
          en:
            "below \"\(form.title)\" there is more in a frame that was not read as a part of it; if these are rows of the table, take the colon or the remark out of the row above"
        ))
    }
    form.blank = table.blank
    form.unitLabel = caption.unitLabel
    // The notice's annex and the blank workbook are one form; the workbook says more.
    if let index = forms.firstIndex(where: { Self.areSame($0, form) }) {
      let known = forms[index]
      if Set(known.fields.map(\.key)) != Set(form.fields.map(\.key)) {
        questions.append(
          LearnQuestion(
            form.place, zh: "\(known.label)在通知和空白表中的栏目不同，已按空白表处理，请确认",
            en:
              "\(known.label) has other headings in the notice than in the workbook; the workbook's are taken"
          ))
      }
      form.label = known.label.isEmpty ? form.label : known.label
      if !known.title.isEmpty, caption.title.isEmpty { form.title = known.title }
      forms[index] = form
      if known.sheet == nil {
        let place = known.place.text(in: .chinese)
        questions.removeAll { $0.place.chinese == place }
      }
    } else {
      forms.append(form)
    }
    questions += learner.questions
  }

  private static func areSame(_ a: LearnedForm, _ b: LearnedForm) -> Bool {
    guard a.place.file != b.place.file else { return false }
    if !a.label.isEmpty, !b.label.isEmpty {
      return LearnText.labelKey(a.label) == LearnText.labelKey(b.label)
    }
    let title = LabelText.key(a.title)
    return !title.isEmpty && title == LabelText.key(b.title)
  }

  /// A form without a label has that of the annex of its title, else its sheet's name, else a number.
  private mutating func label(by annexes: [(label: String, title: String)], words: LearnWords) {
    for index in forms.indices where forms[index].label.isEmpty {
      let title = LabelText.key(forms[index].title)
      let annex =
        annexes.first { !title.isEmpty && LabelText.key($0.title) == title }
        ?? annexes.max {
          LearnText.common($0.title, forms[index].title) < LearnText.common($1.title, forms[index].title)
        }
        .flatMap { LearnText.common($0.title, title) * 10 >= title.count * 8 ? $0 : nil }
      if let annex {
        forms[index].label = annex.label
      } else if let sheet = forms[index].sheet, let label = LearnText.label(sheet, words: words) {
        forms[index].label = label.label
      } else if forms.count == 1, annexes.count == 1 {
        forms[index].label = annexes[0].label
      } else {
        var number = index + 1
        while forms.contains(where: { $0.label == "表\(number)" }) { number += 1 }
        forms[index].label = "表\(number)"
        questions.append(
          LearnQuestion(
            forms[index].place, about: .label(form: forms[index].place), taken: "表\(number)",
            zh: "“\(forms[index].title)”没有编号，已称为“表\(number)”，请确认",
            en: "\"\(forms[index].title)\" has no number; it is called 表\(number), please confirm"))
      }
    }
    for index in forms.indices {
      let label = forms[index].label
      var number = 2
      while forms[..<index].contains(where: {
        LearnText.labelKey($0.label) == LearnText.labelKey(forms[index].label)
      }) {
        forms[index].label = "\(label)（\(number)）"
        number += 1
      }
      if number > 2 {
        ask(
          forms[index].place, about: .label(form: forms[index].place), taken: forms[index].label,
          zh: "有几张表都叫“\(label)”，这一张已称为“\(forms[index].label)”，请确认",
          en: "several forms are called \(label); this one is \(forms[index].label), please confirm")
      }
    }
    for index in forms.indices where forms[index].title.isEmpty {
      let annex = annexes.first { LearnText.labelKey($0.label) == LearnText.labelKey(forms[index].label) }
      forms[index].title = annex?.title ?? forms[index].label
    }
  }

  // The notice.

  private mutating func take(_ reader: NoticeReader, notice: Notice, words: LearnWords) {
    office = reader.office ?? base?.campaign.office ?? ""
    year = reader.year ?? 0
    contact = reader.contact
    let place = notice.paragraphs.first?.place ?? LearnPlace(file: notice.file)
    if year == 0 {
      year = base.map { $0.campaign.year + 1 } ?? Self.thisYear
      ask(
        place, about: .year, taken: String(year), zh: "通知没有写年度，已按\(year)年处理，请确认",
        en: "the notice names no year; \(year) is taken, please confirm")
    }
    if office.isEmpty {
      ask(
        place, about: .office, zh: "通知没有写发文机关，请填写 office", en: "the notice names no office; fill in office")
    }
    noticeTitle = reader.title
    retitle()
    units = reader.units
    let matcher = DueMatcher(
      reader, forms: forms, others: targets.map { ($0.label, $0.title) }, words: words)
    for (index, dues) in matcher.deadlines { forms[index].deadline = dues.first?.date }
    documents = matcher.documents
    questions += matcher.questions
    for form in forms where form.deadline == nil {
      ask(
        form.place, about: .deadline(form: form.place), zh: "没有读到\(form.label)的报送期限，请填写 deadlines",
        en: "no deadline of \(form.label) was found; fill in deadlines")
    }
  }

  private mutating func takeBlanksAlone(_ years: [Int], _ files: [String]) {
    let place = forms[0].place
    office = base?.campaign.office ?? ""
    year = years.first ?? 0
    if year == 0 {
      year = base.map { $0.campaign.year + 1 } ?? Self.thisYear
      ask(
        place, about: .year, taken: String(year), zh: "表中没有写年度，已按\(year)年处理，请确认",
        en: "the forms name no year; \(year) is taken, please confirm")
    }
    if office.isEmpty {
      ask(
        place, about: .office, zh: "空白表没有写哪个机关收表，请填写 office",
        en: "a blank does not say which office collects; fill in office"
      )
    }
    retitle()
    for form in forms {
      ask(
        form.place, about: .deadline(form: form.place), zh: "空白表没有写\(form.label)的报送期限，请填写 deadlines",
        en: "a blank does not say when \(form.label) is due; fill in deadlines")
    }
  }

  mutating func ask(
    _ place: LearnPlace, about subject: LearnSubject = .note, taken: String? = nil, choices: [String] = [],
    zh chinese: String, en english: String
  ) {
    questions.append(
      LearnQuestion(place, about: subject, taken: taken, choices: choices, zh: chinese, en: english))
  }

  /// The campaign's title, of the notice's and of whose it is.
  mutating func retitle() {
    title = givenTitle ?? Self.title(noticeTitle, office: office, year: year, forms: forms)
  }

  /// The campaign of another year: its deadlines, and the year in titles, move with it.
  mutating func move(to new: Int) {
    let (old, years) = (String(year), new - year)
    for index in forms.indices {
      forms[index].title = forms[index].title.replacing(old, with: String(new))
      forms[index].deadline = forms[index].deadline?.moved(years: years)
    }
    for index in documents.indices {
      documents[index].deadline = documents[index].deadline?.moved(years: years)
    }
    noticeTitle = noticeTitle?.replacing(old, with: String(new))
    year = new
    retitle()
  }

  private static var thisYear: Int {
    Calendar(identifier: .gregorian).component(.year, from: Date())
  }

  private static func title(_ notice: String?, office: String, year: Int, forms: [LearnedForm]) -> String {
    var text = notice ?? forms.first?.title ?? ""
    if let about = text.range(of: "关于") { text = String(text[about.upperBound...]) }
    for tail in ["的通知", "工作的通知", "的函", "通知"] where text.hasSuffix(tail) { text.removeLast(tail.count) }
    for lead in ["做好", "报送", "开展", "填报", "上报", "组织开展", "认真做好"] where text.hasPrefix(lead) {
      text.removeFirst(lead.count)
    }
    let hasYear = text.contains(String(year))
    return office + (hasYear ? "" : "\(year)年") + text
  }

  // Targets.

  private mutating func matchTargets(_ words: LearnWords, notices: [NoticeReader]) {
    let matcher = TargetMatcher(forms: forms, words: words)
    for index in targets.indices {
      targets[index].allColumns = targets[index].columns
      if targets[index].label.isEmpty { targets[index].label = "指标\(index + 1)" }
      guard !targets[index].columns.isEmpty else { continue }
      let table = targets[index]
      guard let form = matcher.form(for: table, named: nil) else {
        ask(
          table.place, about: .targetForm(table: table.place), choices: figureNames,
          zh: "\(table.label)的指标对应哪张表、哪一栏，没有看出来，请在 targets 中写明",
          en: "it is not clear which form and field \(table.label) sets targets for; say it in targets")
        continue
      }
      targets[index].form = form.label
      let fitting = table.columns.indices.filter { !matcher.fields(of: form, for: table.columns[$0]).isEmpty }
      let column = fitting.first ?? 0
      targets[index].fields = matcher.fields(of: form, for: table.columns[column])
      if table.columns.count > 1 {
        let names = table.columns.map(\.heading).joined(separator: "、")
        ask(
          table.place, about: .targetColumn(table: table.place), taken: table.columns[column].heading,
          choices: table.columns.map(\.heading),
          zh:
            "\(table.label)有\(table.columns.count)栏指标（\(names)），已取“\(table.columns[column].heading)”，其余未用，请确认",
          en:
            "\(table.label) has \(table.columns.count) columns of targets (\(table.columns.map(\.heading).joined(separator: ", "))); \"\(table.columns[column].heading)\" is taken, please confirm"
        )
      }
      targets[index].columns = [table.columns[column]]
      if let other = targets[..<index].first(where: { $0.form == form.label && !$0.fields.isEmpty }) {
        ask(
          table.place, about: .targetTable(table: table.place), taken: "是",
          zh:
            "\(table.label)与\(other.label)都是\(form.label)的指标，两张都已写入，各有一页完成情况；审核时只对照列在表中靠前的一栏，请确认，不用的从 targets 中删去",
          en:
            "\(table.label) and \(other.label) both set targets for \(form.label); both are kept, each with a sheet of results, and forms are held against the one whose figures stand first; please confirm, and take out of targets what does not count"
        )
      }
    }
    let named = targets.filter { !$0.columns.isEmpty }
    if units.isEmpty, let list = targets.first(where: { $0.columns.isEmpty && $0.units.count >= 2 }) {
      units = list.units
    }
    let hadList = !units.isEmpty
    for table in named {
      let missing = table.units.filter { name in !units.contains { LabelText.key($0) == LabelText.key(name) }
      }
      guard !missing.isEmpty else { continue }
      units += missing
      if hadList {
        ask(
          table.place, zh: "\(table.label)中的\(missing.joined(separator: "、"))不在报送单位名单中，已列为报送单位，请确认",
          en:
            "\(missing.joined(separator: ", ")) of \(table.label) stand in no list of reporting units; they are added, please confirm"
        )
      }
    }
    targets = named
  }

  /// `附件2/场次`, of all forms: what a table of targets may be about.
  private var figureNames: [String] {
    forms.flatMap { form -> [String] in
      let count = form.kind == .list ? [form.label + "/" + ListRules.countKey.rawValue] : []
      return count + form.fields.filter { $0.type == .number }.map { form.label + "/" + $0.key }
    }
  }

  private mutating func nameIdentifiers() {
    id = base.map { $0.id(for: year) } ?? "activity-\(year)"
    var taken: Set<String> = []
    for index in forms.indices {
      let label = LearnText.labelKey(forms[index].label)
      let digits = label.filter(\.isASCIIDigit)
      let stem = label.hasPrefix("附件") ? "annex" : label.hasPrefix("附表") ? "table" : "form"
      var name =
        base?.form(like: forms[index])?.id ?? stem + "-" + (digits.isEmpty ? String(index + 1) : digits)
      while !taken.insert(name).inserted { name += "-\(index + 1)" }
      forms[index].id = name
    }
  }

  private mutating func askForUnits(_ files: [String]) {
    guard units.isEmpty else { return }
    if let base {
      units = base.reportingUnits.map(\.name)
      return
    }
    ask(
      LearnPlace(file: files.first.map { ($0 as NSString).lastPathComponent } ?? forms[0].place.file),
      about: .units,
      zh: "没有读到应报单位名单，请在 campaign.yaml 的 units 中逐个写明报送单位",
      en: "no list of reporting units was found; write them in units of campaign.yaml (报送单位)")
  }

  /// What a campaign cannot be without, and nobody said.
  private mutating func settle() {
    if units.isEmpty { units = [Self.unknownUnit] }
    if office.isEmpty { office = Self.unknownOffice }
    for index in forms.indices where forms[index].deadline == nil {
      missingDeadlines.insert(forms[index].id)
      forms[index].deadline = CalendarDate(year: year, month: 12, day: 31)
    }
  }

  static let unknownUnit = "请填写报送单位"
  static let unknownOffice = "请填写收表机关"
}
