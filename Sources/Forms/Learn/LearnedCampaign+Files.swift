import Foundation

extension LearnedCampaign {
  private static let words = LearnWords.builtin

  /// Writes the campaign's folder, all of it or nothing, and holds it against the loader.
  ///
  /// - Parameters:
  ///   - texts: By their names, what somebody wrote in place of files of text.
  ///   - batch: Takes the files and is left to be committed.
  /// - Throws: ``FormsError``: `output` for a folder that is not empty or cannot be written.
  public func write(to folder: String, texts: [String: String] = [:], in batch: OutputBatch) throws {
    let manager = FileManager.default
    if let content = try? manager.contentsOfDirectory(atPath: folder), !content.isEmpty {
      throw FormsError(
        .output, LocalizedText(zh: "文件夹不是空的，请另选一个", en: "the folder is not empty; choose another"),
        file: folder)
    }
    if manager.fileExists(atPath: folder), !OutputPlace.isFolder(folder) {
      throw FormsError(
        .output, LocalizedText(zh: "已有同名文件，请另选一个文件夹", en: "there is a file of that name; choose a folder"),
        file: folder)
    }
    try batch.makeFolder(folder)
    for (name, text) in files() { try batch.write(texts[name] ?? text, to: folder + "/" + name) }
    for blank in usedBlanks { try batch.write(blank.bytes, to: folder + "/" + blank.name) }
  }

  /// The same, by itself.
  public func write(to folder: String, texts: [String: String] = [:]) throws {
    let batch = OutputBatch()
    try write(to: folder, texts: texts, in: batch)
    try batch.commit()
  }

  /// Leaves out what the workbooks check where the loader would refuse it: a check that can never fail, or one of what is no
  /// figure. It becomes a question.
  ///
  /// - Throws: ``FormsError`` where no folder for a trial can be written, or an answer answers nothing.
  public mutating func holdChecks() throws {
    try leaveOutUselessChecks()
    try takeOpenAnswers()
  }

  private mutating func leaveOutUselessChecks() throws {
    let known = forms.map(\.checks)
    guard known.contains(where: { !$0.isEmpty }), try !isLoadable() else { return }
    for index in forms.indices { forms[index].checks = [] }
    // Where it is not the checks that are wrong, they stay.
    guard try isLoadable() else {
      for index in forms.indices { forms[index].checks = known[index] }
      return
    }
    for index in forms.indices {
      for check in known[index] {
        forms[index].checks.append(check)
        if try isLoadable() { continue }
        forms[index].checks.removeLast()
        ask(
          forms[index].place, zh: "\(forms[index].label)的核对关系“\(check.formula)”不能用，没有写入，需要的请在 checks 中另写",
          en:
            "\(forms[index].label): the check \"\(check.formula)\" cannot be used and is left out; write another in checks if it is needed"
        )
      }
    }
  }

  private func isLoadable() throws -> Bool {
    try trial { folder in
      do {
        _ = try Campaign.load(folder.path, workingDirectory: folder)
        return true
      } catch {
        return false
      }
    }
  }

  /// Writes the campaign to a folder of its own for as long as a closure looks at it.
  private func trial<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "huizong-learn-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(to: folder.path)
    return try body(folder)
  }

  /// Holds what is going to be written to a folder against the loader. What it refuses becomes a question, with the file and
  /// line to change.
  ///
  /// - Throws: ``FormsError`` where no folder for a trial can be written.
  public mutating func verify(for folder: String) throws {
    let refused = try trial { place -> (error: FormsError?, file: String?)? in
      do {
        _ = try Campaign.load(
          place.path, workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
        return nil
      } catch let error as FormsError {
        return (error, error.file.map { $0.replacing(place.path, with: folder) })
      } catch {
        return (nil, nil)
      }
    }
    guard let refused else { return }
    defer { nameQuestions() }
    guard let error = refused.error else {
      return ask(LearnPlace(file: folder), zh: "写出的活动读不回来", en: "the campaign cannot be read back")
    }
    let place = refused.file.map { $0 + (error.line.map { ":\($0)" } ?? "") } ?? folder
    ask(
      LearnPlace(file: place), zh: "写出的活动还不能用：\(error.message.chinese)，请在该处改正",
      en: "the campaign cannot be used yet: \(error.message.english); mend it there")
  }

  /// The workbooks that are the form of something.
  private var usedBlanks: [Blank] {
    blanks.filter { blank in forms.contains { $0.blank == blank.name } }
  }

  /// The campaign's files: name and text.
  func files() -> [(name: String, text: String)] {
    var result = [("campaign.yaml", campaignText)]
    for form in forms { result.append((form.id + ".yaml", formText(form))) }
    return result
  }

  // campaign.yaml

  private var campaignText: String {
    var lines = [
      "# \(office)\(year)年：谁报、报什么、何时报、指标多少。由 huizong learn 从通知和空白表得来，可以直接改。", "",
    ]
    func add(_ key: String, _ value: YAMLText, comment: String? = nil) {
      if let comment { lines += ["", "# " + comment] }
      lines += YAMLText.pairs([(key, value)]).lines()
    }
    add("id", .text(id))
    add("title", .text(title.replacing(String(year), with: "{year}")))
    add("office", .text(office))
    add("year", .plain(String(year)))
    add("forms", .list(forms.map { .text($0.id + ".yaml") }), comment: "报表，各在一个文件里。")
    add(
      "deadlines", .pairs(forms.map { ($0.label, .plain($0.deadline?.description ?? "")) }),
      comment: "报送截止日期。")
    if let groups = base?.merged("groups") { add("groups", groups, comment: "单位分组。") }
    add("units", .list(unitTexts), comment: "应报单位。aliases 写单位自己常用的其他叫法。")
    if let outside = outsideTexts { add("outsideUnits", .list(outside), comment: "可以报、但不在应报单位之内。") }
    // What no form and field is known for waits for an answer.
    let known = targets.filter { table in
      !table.fields.isEmpty && !table.columns.isEmpty && forms.contains { $0.label == table.form }
    }
    if !known.isEmpty {
      add("targets", .pairs(known.map { ($0.label, target($0)) }), comment: "指标，以基本单位计。")
    }
    if !documents.isEmpty { add("documents", .list(documentTexts), comment: "随报表报送的材料。") }
    if let naming = base?.merged("naming") {
      add("naming", naming, comment: "单位名称前后可有可无的字样。")
    } else {
      add("naming", naming, comment: "单位名称前后可有可无的字样。")
    }
    add("measures", .pairs(measures), comment: "计量单位。scale：一个单位合多少基本单位；decimals：小数位数。")
    add("words", tableWords)
    if let heads = base?.value("headLines") ?? Self.words.headLines {
      add("headLines", headLines(heads), comment: "表外各行。")
    }
    for key in ["layout", "workbook", "correspondence", "contacts"] {
      guard let value = base?.value(key), !value.isScalar else { continue }
      if key == "workbook" || key == "contacts", !isSameShape { continue }
      add(key, withoutGoneForms(YAMLText(value)))
    }
    if let contact = contactText { lines += ["", contact] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Without what is said of forms that are no more.
  private func withoutGoneForms(_ text: YAMLText) -> YAMLText {
    guard let pairs = text.pairs, let base else { return text }
    let gone = base.campaign.forms.filter { known in !forms.contains { $0.id == known.id } }
    return .pairs(
      pairs.filter { pair in
        !gone.contains { $0.id == pair.key || LabelText.key($0.label) == LabelText.key(pair.key) }
      }.map { ($0.key, withoutGoneForms($0.value)) })
  }

  /// Whether units and forms are last year's, so that what names them holds.
  private var isSameShape: Bool {
    guard let base else { return false }
    return base.campaign.forms.allSatisfy { known in forms.contains { $0.id == known.id } }
      && base.reportingUnits.allSatisfy { unit in units.contains { base.unit(like: $0)?.code == unit.code } }
  }

  /// Whom to ask, as a comment: the campaign's own contact signs the consolidated forms, which is somebody else's decision.
  private var contactText: String? {
    let parts = [contact.name, contact.phone, contact.mail].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return "# 通知上的联系人：\(parts.joined(separator: "，").onOneLine)"
  }

  private var unitTexts: [YAMLText] {
    let short = shortNames
    return units.map { name in
      guard let known = base?.unit(like: name) else {
        guard let aliases = short[name], !aliases.isEmpty else { return .text(name) }
        return .pairs([("name", .text(name)), ("aliases", .texts(aliases))])
      }
      var entries: [YAMLPair] = []
      if known.code != known.name { entries.append(("code", .text(known.code))) }
      entries.append(("name", .text(name)))
      var aliases = known.aliases
      if LabelText.key(known.name) != LabelText.key(name) {
        aliases.removeAll { LabelText.key($0) == LabelText.key(name) }
        aliases.append(known.name)
      }
      if !aliases.isEmpty { entries.append(("aliases", .texts(aliases))) }
      if !known.groups.isEmpty { entries.append(("groups", .texts(known.groups))) }
      return entries.count == 1 ? .text(name) : .pairs(entries)
    }
  }

  /// What units are usually called for short, by their names: 县卫健委 of 县卫生健康委员会. Nothing that two of them could be.
  private var shortNames: [String: [String]] {
    let ends = Self.words.shortNames.sorted { $0.end.count > $1.end.count }
    var found: [String: [String]] = [:]
    for name in units {
      guard let known = ends.first(where: { name.hasSuffix($0.end) && name.count > $0.end.count }) else {
        continue
      }
      let stem = name.dropLast(known.end.count)
      found[name] = known.short.map { stem + $0 }.filter { $0.count >= 3 }
    }
    var count: [String: Int] = [:]
    for word in units + found.values.flatMap(\.self) { count[LabelText.key(word), default: 0] += 1 }
    return found.mapValues { $0.filter { count[LabelText.key($0)] == 1 } }
  }

  private var outsideTexts: [YAMLText]? {
    guard let base else { return nil }
    let outside = base.campaign.units.filter { unit in
      base.campaign.outsideUnits.contains(unit.code)
        && !units.contains { LabelText.key($0) == LabelText.key(unit.name) }
    }
    guard !outside.isEmpty else { return nil }
    return outside.map { unit in
      var entries: [YAMLPair] = [("code", .text(unit.code)), ("name", .text(unit.name))]
      if !unit.aliases.isEmpty { entries.append(("aliases", .texts(unit.aliases))) }
      if !unit.groups.isEmpty { entries.append(("groups", .texts(unit.groups))) }
      return .pairs(entries)
    }
  }

  private func target(_ table: LearnedTargets) -> YAMLText {
    var entries: [YAMLPair] = [("title", .text(yearless(table.title)))]
    guard let form = forms.first(where: { $0.label == table.form }), let column = table.columns.first else {
      return .pairs(entries)
    }
    entries.append(("form", .text(form.label)))
    entries.append(("fields", .texts(keptFields(table.fields, of: form))))
    entries.append(("heading", .text(column.heading)))
    if LabelText.key(table.unitHeading) != "单位" { entries.append(("unitHeading", .text(table.unitHeading))) }
    if let known = base?.campaign.targets.first(where: { $0.form == form.id }) {
      if let result = known.completionTitle { entries.append(("result", .text(result))) }
      if let title = known.resultTitle {
        entries.append(
          ("resultTitle", .text(title.replacing(String(base?.campaign.year ?? 0), with: "{year}"))))
      }
      if let count = known.countWord { entries.append(("count", .text(count))) }
    }
    let figures = column.figures.compactMap { unit, figure in
      baseFigure(figure, column).map { (unit, $0) }
    }
    let sum = figures.reduce(Decimal(0)) { $0 + Decimal($1.1) }
    entries.append(("units", .pairs(figures.map { ($0, .plain(String($1))) })))
    entries.append(("total", .plain(sum.plainText)))
    if table.totalLabel != "总计" { entries.append(("totalLabel", .text(table.totalLabel))) }
    if let printed = column.printedTotal, column.total.map({ $0 * scale(of: column) == sum }) ?? false,
      LearnText.plain(printed) != sum.plainText
    {
      entries.append(("totalText", .text(LearnText.printed(printed))))
    }
    return .pairs(entries)
  }

  /// In the measure's base unit, as campaigns hold their targets; `nil` for what they cannot hold.
  func baseFigure(_ figure: Decimal, _ column: LearnedTargets.Column) -> Int? {
    TargetLearner.whole(figure, in: column.measure, Self.words, atMost: TargetLearner.greatest)
  }

  private func scale(of column: LearnedTargets.Column) -> Decimal {
    Decimal(Self.words.scale(of: column.measure ?? "").scale)
  }

  private var documentTexts: [YAMLText] {
    documents.map { document in
      var entries: [YAMLPair] = [("name", .text(document.name))]
      if let with = document.with { entries.append(("with", .text(with))) }
      if let deadline = document.deadline,
        document.with.map({ label in forms.first { $0.label == label }?.deadline != deadline }) ?? true
      {
        entries.append(("deadline", .plain(deadline.description)))
      }
      let words = Self.words[.documentWords].filter { document.name.contains($0) }
      entries.append(("words", .texts(words.isEmpty ? [document.name] : words)))
      return .pairs(entries)
    }
  }

  /// Words for sums and, where forms ask for averages, for what is never added up.
  private var tableWords: YAMLText {
    var entries = base?.merged("words")?.pairs ?? [("totals", .texts(Self.words[.totals]))]
    guard !entries.contains(where: { $0.key == "ratios" }) else { return .pairs(entries) }
    var averages: [String] = []
    func gather(_ nodes: [LearnedForm.Node]) {
      for node in nodes {
        if node.isAverage, !averages.contains(node.name) { averages.append(node.name) }
        gather(node.children)
      }
    }
    for form in forms {
      gather(form.columns)
      gather(form.rows)
    }
    if !averages.isEmpty { entries.append(("ratios", .texts(RatioWords.usual + averages))) }
    return .pairs(entries)
  }

  private var naming: YAMLText {
    let words = Self.words
    // 焦作市总工会 is of 焦作市.
    var prefixes: [String] = []
    for kind in "市县区省州盟旗" {
      guard let index = office.firstIndex(of: kind), index > office.startIndex,
        office.distance(from: office.startIndex, to: index) <= 6
      else { continue }
      let place = String(office[...index])
      for name in [place, String(place.dropLast())] where name.count >= 2 && !prefixes.contains(name) {
        prefixes.append(name)
      }
    }
    if prefixes.isEmpty { prefixes = ["市"] }
    var ends = words[.suffixes].filter { suffix in
      units.contains { $0.hasSuffix(suffix) } || suffix.count <= 2
    }
    for end in words[.unitEnds]
    where units.contains(where: { $0.hasSuffix(end) && $0.count > end.count + 1 }) && !ends.contains(end) {
      ends.append(end)
    }
    return .pairs([
      ("prefixes", .texts(prefixes)), ("suffixes", .texts(ends)), ("fileWords", .texts(words[.fileWords])),
    ])
  }

  private var measures: [YAMLPair] {
    var entries = base?.merged("measures")?.pairs ?? []
    func gather(_ nodes: [LearnedForm.Node]) {
      for node in nodes {
        if let name = Self.words.measureName(of: node), node.type ?? .number == .number,
          entries.allSatisfy({ $0.key != name })
        {
          entries.append((name, .pairs(Self.words.measureSettings(of: node))))
        }
        gather(node.children)
      }
    }
    for form in forms {
      gather(form.columns)
      gather(form.rows)
    }
    return entries.map { entry in
      if entry.value.pairs?.isEmpty == true { return (entry.key, .plain("{}")) }
      return entry
    }
  }

  /// The built-in head lines, labelled as the forms print them.
  private func headLines(_ node: YAMLNode) -> YAMLText {
    guard case .list(let lines) = YAMLText(node), base == nil else { return YAMLText(node) }
    let heads = forms.first?.heads ?? []
    return .list(
      lines.map { line in
        guard var entries = line.pairs, let role = entries.first(where: { $0.key == "role" })?.value,
          case .plain(let name) = role, let head = heads.first(where: { $0.role.rawValue == name })
        else { return line }
        if let place = entries.firstIndex(where: { $0.key == "place" }) {
          entries[place].value = .plain(head.isAbove ? "above" : "below")
        }
        if head.role == .unit { addUnitLabels(to: &entries) }
        return .pairs(entries)
      })
  }

  /// 科室 beside, or instead of, 填报单位.
  private func addUnitLabels(to entries: inout [YAMLPair]) {
    var own: [String] = []
    for label in forms.compactMap(\.unitLabel) where !own.contains(label) { own.append(label) }
    guard let first = own.first, let label = entries.firstIndex(where: { $0.key == "label" }) else { return }
    var aliases = own
    if forms.allSatisfy({ $0.unitLabel != nil }), case .plain(let usual) = entries[label].value {
      entries[label].value = .text(first)
      aliases = own.dropFirst() + [usual]
    }
    if let place = entries.firstIndex(where: { $0.key == "aliases" }),
      case .list(let known) = entries[place].value
    {
      entries[place].value = .list(aliases.map { .text($0) } + known)
    }
  }

  /// A title with the year as the campaign has it.
  func yearless(_ title: String) -> String { title.replacing(String(year), with: "{year}") }
}
