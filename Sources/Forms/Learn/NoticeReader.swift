/// What the sentences of a notice say: whose it is, for which year, who reports, what is due by when.
struct NoticeReader {
  /// A deadline with the words around it that say what it is for.
  struct Due {
    var date: CalendarDate
    /// As written: `11月20日前`.
    var text: String
    /// The whole sentence, plain.
    var sentence: String
    /// Of a sentence with one deadline all of it; else what stands before it, back to the deadline before, and behind it.
    var before: String
    var behind: String
    /// How many deadlines the sentence has before this one, and altogether.
    var position: Int
    var count: Int
    var place: LearnPlace
  }

  /// A document beside the forms.
  struct Document: Hashable {
    var name: String
    var deadline: CalendarDate?
    /// The label of the form that it comes with.
    var with: String?
  }

  let notice: Notice
  let words: LearnWords
  private(set) var office: String?
  private(set) var officePlace: LearnPlace?
  private(set) var title: String?
  private(set) var issued: CalendarDate?
  private(set) var year: Int?
  private(set) var units: [String] = []
  private(set) var unitsPlace: LearnPlace?
  private(set) var dues: [Due] = []
  private(set) var contact: (name: String?, phone: String?, mail: String?) = (nil, nil, nil)
  /// The annexes by the list at the notice's end: number and title.
  private(set) var annexes: [(label: String, title: String)] = []
  private(set) var questions: [LearnQuestion] = []
  private var recurring: [(text: String, sentence: String, place: LearnPlace)] = []

  /// - Parameter formYears: Years in the titles of the tables.
  init(_ notice: Notice, formYears: [Int], words: LearnWords) {
    self.notice = notice
    self.words = words
    readHead()
    readAnnexes()
    year = readYear(formYears)
    if year == nil { year = issued?.year }
    readContact()
    readUnits()
    readDues()
  }

  /// The sentences of the body, plain, with their places.
  var sentences: [(text: String, place: LearnPlace)] {
    notice.body.flatMap { paragraph in
      LearnText.plain(paragraph.text).split(whereSeparator: { "。;!！；".contains($0) }).map {
        (String($0), paragraph.place)
      }
    }
  }

  // Whose it is.

  private mutating func readHead() {
    let lines = notice.body.prefix(8)
    for (index, paragraph) in lines.enumerated() {
      let plain = LearnText.plain(paragraph.text)
      if office == nil, index < 4, let name = officeName(plain) {
        office = name
        officePlace = paragraph.place
      }
      if title == nil, plain.count <= 60, !plain.hasSuffix(":"),
        let about = plain.range(of: "关于")
          ?? (plain.hasSuffix("方案") || plain.hasSuffix("通知") ? plain.startIndex..<plain.startIndex : nil)
      {
        title = LearnText.printed(paragraph.text)
        let before = String(plain[..<about.lowerBound])
        if office == nil, !before.isEmpty, let name = officeName(before) {
          office = name
          officePlace = paragraph.place
        }
      }
    }
    // The signature: a name, and the day below it.
    let body = notice.body
    for index in body.indices.reversed().prefix(40) {
      let plain = LearnText.plain(body[index].text)
      guard issued == nil, plain.count <= 14, plain.contains("年"),
        case .date(let date) = DateText.read(plain, campaignYear: 2000)
      else { continue }
      issued = date
      if office == nil, index > 0, let name = officeName(LearnText.plain(body[index - 1].text)) {
        office = name
        officePlace = body[index - 1].place
      }
      break
    }
  }

  /// `焦作市总工会`, also as `焦作市总工会文件`.
  private func officeName(_ plain: String) -> String? {
    var name = plain
    for tail in words[.officeTails] where name.hasSuffix(tail) && name.count > tail.count + 3 {
      name.removeLast(tail.count)
    }
    guard (4...30).contains(name.count), !name.contains("关于"),
      !name.contains(where: { ":,。;、《》〔〕".contains($0) }),
      words[.offices].contains(where: { name.hasSuffix($0) && name.count > $0.count })
    else { return nil }
    return name
  }

  private func readYear(_ formYears: [Int]) -> Int? {
    if let title, let year = Self.years(LearnText.plain(title)).first { return year }
    var counts: [Int: Int] = [:]
    for year in formYears { counts[year, default: 0] += 3 }
    for annex in annexes { for year in Self.years(annex.title) { counts[year, default: 0] += 2 } }
    for (text, _) in sentences { for year in Self.years(text) { counts[year, default: 0] += 1 } }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  /// The years that a text names: 2024年, 〔2024〕 is none.
  static func years(_ text: String) -> [Int] {
    let text = Array(text)
    guard text.count > 4 else { return [] }
    return (0...(text.count - 5)).compactMap { index in
      guard text[index + 4] == "年", index == 0 || !(text[index - 1].isASCIIDigit) else { return nil }
      let digits = text[index..<(index + 4)]
      guard digits.allSatisfy({ $0.isASCIIDigit }), let year = Int(String(digits)),
        (1990...2100).contains(year)
      else { return nil }
      return year
    }
  }

  private mutating func readAnnexes() {
    var number = 0
    var isList = false
    var word = "附件"
    for paragraph in notice.body {
      let plain = LearnText.plain(paragraph.text)
      var rest: Substring
      if let head = words[.labels].first(where: { plain.hasPrefix($0 + ":") }) {
        isList = true
        word = head
        rest = plain.dropFirst(head.count + 1)
      } else if isList {
        rest = plain[...]
      } else {
        continue
      }
      let digits = rest.prefix { $0.isASCIIDigit }
      rest = rest.dropFirst(digits.count)
      guard let first = rest.first, ".、．)".contains(first) || !digits.isEmpty || number == 0 else {
        isList = false
        continue
      }
      while let first = rest.first, ".、．)".contains(first) { rest.removeFirst() }
      number = Int(digits) ?? number + 1
      // A sentence is no title.
      guard !rest.isEmpty, rest.count <= 60, !rest.contains("。") else {
        isList = false
        continue
      }
      annexes.append((word + String(number), String(rest)))
    }
  }

  // Contacts.

  private mutating func readContact() {
    func value(_ text: String, _ labels: [String]) -> String? {
      for label in labels.sorted(by: { $0.count > $1.count }) {
        guard let range = text.range(of: label + ":") else { continue }
        let all =
          (words.contacts["name"] ?? []) + (words.contacts["phone"] ?? []) + (words.contacts["mail"] ?? [])
        var rest = String(text[range.upperBound...])
        for other in all {
          if let next = rest.range(of: other + ":") { rest = String(rest[..<next.lowerBound]) }
        }
        while let last = rest.last, ",;.。，；".contains(last) { rest.removeLast() }
        return rest.isEmpty ? nil : rest
      }
      return nil
    }
    for paragraph in notice.body {
      let plain = LearnText.plain(paragraph.text)
      if contact.name == nil, let name = value(plain, words.contacts["name"] ?? []), name.count <= 20 {
        // The names apart, as they are written.
        contact.name =
          String(TextFolding.scalars(of: paragraph.text)).components(
            between: words.contacts["name"] ?? [], and: words.contacts["phone"] ?? []) ?? name
      }
      if contact.phone == nil { contact.phone = value(plain, words.contacts["phone"] ?? []) }
      if contact.mail == nil { contact.mail = value(plain, words.contacts["mail"] ?? []) }
    }
  }

  // Who reports.

  private mutating func readUnits() {
    var missing: Int?
    defer {
      if let missing, let place = unitsPlace {
        questions.append(
          LearnQuestion(
            place, about: .units, taken: units.joined(separator: "、"),
            zh: "通知说报送单位有\(missing)个，只写出了\(units.count)个（\(units.prefix(3).joined(separator: "、"))等），请写出全部单位",
            en:
              "the notice speaks of \(missing) reporting units and names \(units.count) (\(units.prefix(3).joined(separator: ", ")) …); please name them all"
          ))
      }
    }
    for paragraph in notice.body {
      let plain = LearnText.plain(paragraph.text)
      for head in words[.unitLists] {
        guard let range = plain.range(of: head) else { continue }
        var rest = plain[range.upperBound...]
        // 应报单位共7家：, 填报范围。
        let lead = rest.prefix(10)
        guard let mark = lead.firstIndex(where: { ":。为是".contains($0) }) else { continue }
        rest = rest[rest.index(after: mark)...]
        while let first = rest.first, ":为是。".contains(first) { rest.removeFirst() }
        let (text, count) = Self.counted(String(rest.prefix { $0 != "。" }))
        let names = names(
          text, isNamedList: true, isSure: head.hasSuffix("单位") || head.hasSuffix("名单"))
        if names.count > units.count, names.count >= 2 {
          units = names
          unitsPlace = paragraph.place
          missing = count.flatMap { $0 > names.count ? $0 : nil }
        }
      }
    }
    guard units.isEmpty else { return }
    readNamesBelowHeads()
    guard units.isEmpty else { return }
    // Those that the notice is addressed to, where they are named one by one.
    for paragraph in notice.body.prefix(12) {
      let plain = LearnText.plain(paragraph.text)
      guard plain.hasSuffix(":"), plain.count > 8 else { continue }
      let names = names(String(plain.dropLast()))
      guard names.count >= 3 else { continue }
      units = names
      unitsPlace = paragraph.place
      questions.append(
        LearnQuestion(
          paragraph.place, about: .units, taken: names.joined(separator: "、"),
          zh: "通知没有写应报单位名单，已按主送单位“\(names.prefix(3).joined(separator: "、"))”等\(names.count)个处理，请确认",
          en:
            "the notice has no list of reporting units; the \(names.count) it is addressed to are taken, please confirm"
        ))
      return
    }
  }

  /// A list without 等6所学校 at its end, and the number that this says.
  private static func counted(_ text: String) -> (names: String, count: Int?) {
    let characters = Array(text)
    for index in characters.indices.dropFirst() where characters[index] == "等" || characters[index] == "共" {
      let digits = characters[(index + 1)...].drop { $0 == "共" }.prefix(while: \.isASCIIDigit)
      guard let count = Int(String(digits)), count < 10_000, characters.count - digits.endIndex <= 8 else {
        continue
      }
      var names = characters[..<index]
      while let last = names.last, ",、(等共".contains(last) { names.removeLast() }
      return (String(names), count)
    }
    return (text, nil)
  }

  /// 报送单位： alone, and the names line by line below.
  private mutating func readNamesBelowHeads() {
    let body = notice.body
    for index in body.indices {
      let plain = LearnText.plain(body[index].text)
      guard plain.count <= 20, words[.unitLists].contains(where: { plain.contains($0) }) else { continue }
      var found: [String] = []
      for paragraph in body[(index + 1)...].prefix(300) {
        let line = LearnText.plain(paragraph.text).drop { $0.isASCIIDigit || ".、)( ".contains($0) }
        let names = names(String(line.last == "。" ? line.dropLast() : line))
        guard !names.isEmpty else { break }
        found += names
      }
      if found.count >= 2 {
        units = found
        unitsPlace = body[index].place
        return
      }
    }
  }

  /// The names of a list, if every one of them is a name; where the text says that it is a list of units, if most of them
  /// end as names of units do.
  private func names(_ text: String, isNamedList: Bool = false, isSure: Bool = false) -> [String] {
    var parts = NameList.names(in: text, also: ["/"])
    // The last two may be joined by a word.
    for joint in ["以及", "和", "及", "与"] {
      guard let last = parts.last, let range = last.range(of: joint) else { continue }
      let two = [String(last[..<range.lowerBound]), String(last[range.upperBound...])]
      if two.allSatisfy(isUnitName) {
        parts.removeLast()
        parts += two
        break
      }
    }
    for index in parts.indices {
      for tail in ["等单位", "等"] where parts[index].hasSuffix(tail) { parts[index].removeLast(tail.count) }
      let (name, inside) = LabelText.splitBracket(parts[index])
      if let inside, inside.contains("家") || inside.contains("个") { parts[index] = name }
    }
    let count = parts.count(where: isUnitName)
    let isNamed =
      isNamedList
      ? (count * 2 > parts.count || isSure && parts.count >= 3 && parts.allSatisfy(isPlainName))
        && parts.allSatisfy { mayBeUnitName($0) } : count == parts.count
    return isNamed && Set(parts).count == parts.count ? parts : []
  }

  private func mayBeUnitName(_ name: String) -> Bool {
    (2...30).contains(name.count) && !words[.vagueUnits].contains { name.hasPrefix($0) }
      && !name.contains { ":《》“”。".contains($0) }
  }

  /// A short word that says nothing of several units: 铸造 of 报送单位：铸造、机加、装配.
  private func isPlainName(_ name: String) -> Bool {
    (2...12).contains(name.count) && name.unicodeScalars.allSatisfy(\.properties.isIdeographic)
      && !words[.vagueUnits].contains { $0.count > 1 && name.contains($0) }
  }

  private func isUnitName(_ name: String) -> Bool {
    guard mayBeUnitName(name) else { return false }
    return words[.unitEnds].contains { name.hasSuffix($0) && name.count > $0.count }
  }

  // What is due.

  private mutating func readDues() {
    let reader = NoticeDates(year: year ?? issued?.year ?? 2000, issued: issued, words: words)
    for (text, place) in sentences {
      let found = reader.read(text)
      for item in found.recurring { recurring.append((item.text, text, place)) }
      guard (words[.reporting] + words[.deadlineLeads]).contains(where: { text.contains($0) }) else {
        continue
      }
      let characters = Array(text)
      for (index, deadline) in found.deadlines.enumerated() {
        let start = index == 0 ? 0 : found.deadlines[index - 1].range.upperBound
        let end =
          index + 1 < found.deadlines.count ? found.deadlines[index + 1].range.lowerBound : characters.count
        dues.append(
          Due(
            date: deadline.date, text: deadline.text, sentence: text,
            before: String(characters[min(start, deadline.range.lowerBound)..<deadline.range.lowerBound]),
            behind: String(characters[deadline.range.upperBound..<max(end, deadline.range.upperBound)]),
            position: index, count: found.deadlines.count, place: place))
      }
    }
    for item in recurring {
      questions.append(
        LearnQuestion(
          item.place, zh: "“\(item.text)”是反复出现的期限，一个活动只有一个截止日期，请写明这一次的",
          en: "\"\(item.text)\" is a deadline that comes back; please give the date of this time"))
    }
  }
}

extension String {
  /// What stands behind one of some labels with a colon, up to one of others.
  fileprivate func components(between labels: [String], and others: [String]) -> String? {
    for label in labels {
      guard let range = range(of: label), let colon = self[range.upperBound...].firstIndex(of: ":") else {
        continue
      }
      var rest = String(self[index(after: colon)...])
      for other in others { if let next = rest.range(of: other) { rest = String(rest[..<next.lowerBound]) } }
      let trimmed = rest.drop { $0 == " " }
      var result = String(trimmed)
      while let last = result.last, " ,;.。".contains(last) { result.removeLast() }
      return result.isEmpty ? nil : result
    }
    return nil
  }
}
