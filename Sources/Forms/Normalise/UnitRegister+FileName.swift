extension UnitRegister {
  /// Finds the units that the name of a file says: its own name first, then the folders and archives that hold it, from
  /// the inside out; the first of these names that speaks of a unit counts.
  ///
  /// A full name, an alias or a place with its 市, 县 or 区 counts wherever it stands. A short name (沁阳, 建设) counts only
  /// where nothing but ``UnitNaming/fileWords``, the forms' own words, digits and signs stand around it: 职工文化建设 is no
  /// 建设工会. The collecting office's full name never counts, nor what is part of it, because the notice itself carries
  /// it; nor do the folders above the one that was named on the command line.
  ///
  /// - Parameter name: The file as shown: `收件/全部.zip!/沁阳/附件2.xlsx`.
  /// - Returns: The units in the campaign's order; empty if the name says nothing.
  /// - Complexity: O(length) and what the few units take whose names begin like something in it.
  public func find(inFileName name: String) -> [ReportingUnit] {
    let root = inputRoots.first { name.hasPrefix($0) } ?? ""
    for part in name.dropFirst(root.count).split(separator: "/").reversed() {
      let found = find(inPart: part)
      if !found.isEmpty { return narrowed(found.sorted().map { units[$0] }, byFileName: name) }
    }
    return []
  }

  /// A unit that the name of a file says misspelt, and how: 武涉县附件2.xlsx. For forms that do not say whose they are.
  func findMisspelt(inFileName name: String) -> (unit: ReportingUnit, written: String)? {
    let root = inputRoots.first { name.hasPrefix($0) } ?? ""
    for part in name.dropFirst(root.count).split(separator: "/").reversed() {
      var found: [ReportingUnit: [Unicode.Scalar]] = [:]
      for run in FileNameWords.runs(of: part) where run.count <= Self.longestRun {
        for start in run.indices {
          for end in (start + 3)..<max(start + 4, min(run.count, start + 12) + 1) where end <= run.count {
            let window = Array(run[start..<end])
            guard naming.endsWithUnion(window) || window.last.map(naming.kinds.contains) == true,
              case .misspelt(let unit) = bySpelling(window)
            else { continue }
            if found[unit].map({ $0.count < window.count }) ?? true { found[unit] = window }
          }
        }
      }
      if let (unit, window) = found.first { return found.count == 1 ? (unit, String(window)) : nil }
    }
    return nil
  }

  private static var longestRun: Int { 60 }

  func find(inRuns runs: [[Unicode.Scalar]]) -> Set<Int> {
    var found: Set<Int> = []
    for run in runs {
      let letters = LetterSet(run)
      for index in candidates(in: run) where !found.contains(index) {
        if says(run, letters, unit: index) { found.insert(index) }
      }
    }
    return found
  }

  private func says(_ run: [Unicode.Scalar], _ letters: LetterSet, unit index: Int) -> Bool {
    // 市总工会 is the end of many a name: the office is told only by words that stand alone.
    let isOffice = fileNames.office == keys[index].first?.key
    for (position, key) in keys[index].enumerated() {
      guard key.leastLetters.contains(where: { letters.lacking($0) == 0 }) else { continue }
      if isOffice {
        guard let name = keys[index].first?.scalars, position > 0 else { continue }
        if name.contains(key.scalars), run.contains(name) { continue }
        if stands(key.scalars, aloneIn: run) { return true }
      } else if naming.endsWithUnion(key.scalars) {
        if run.contains(key.scalars) || isFollowedByUnion(key, in: run) { return true }
        // 沁阳市 anywhere, 沁阳 alone.
        if key.stem.count >= 3, position == 0, run.contains(key.stem) { return true }
        if let core = naming.reduced(key.scalars, minimum: 2), stands(core, aloneIn: run) { return true }
        if stands(key.stem, aloneIn: run) { return true }
      } else if stands(key.scalars, aloneIn: run) {
        return true
      }
    }
    return false
  }

  /// 沁阳总工会, 沁阳市工会 for 沁阳市总工会.
  private func isFollowedByUnion(_ key: UnitKey, in run: [Unicode.Scalar]) -> Bool {
    guard let core = naming.reduced(key.scalars, minimum: 2) else { return false }
    return run.positions(of: core).contains { start in
      let behind = run[(start + core.count)...]
      return naming.unionWords.contains { behind.starts(with: $0) }
    }
  }

  private func stands(_ word: [Unicode.Scalar], aloneIn run: [Unicode.Scalar]) -> Bool {
    run.positions(of: word).contains { fileNames.surround(run, $0..<($0 + word.count)) }
  }
}

/// The words of file names that say nothing about the unit.
struct FileNameWords: Sendable {
  /// The key of the collecting office's name.
  let office: String
  private let words: Set<[Unicode.Scalar]>
  private let longest: Int

  init(_ campaign: Campaign, naming: NamingWords) {
    var words: Set<[Unicode.Scalar]> = []
    func add(_ text: String) {
      for run in Self.runs(of: text[...]) { words.insert(run) }
      let key = Array(LabelText.key(text).unicodeScalars)
      words.insert(key)
    }
    func add(_ headings: [Heading]) {
      for heading in headings {
        add(heading.name)
        add(LabelText.baseKey(heading.printed))
        heading.aliases.forEach(add)
        heading.synonyms.forEach(add)
        add(heading.children)
      }
    }
    for form in campaign.forms {
      add(form.label)
      add(form.title)
      form.titleAliases.forEach(add)
      add(form.rows)
      add(form.columns)
    }
    for table in campaign.targets {
      add(table.label)
      add(table.title)
    }
    campaign.naming.fileWords.forEach(add)
    for document in campaign.dueDocuments {
      add(document.name)
      document.words.forEach(add)
    }
    words.formUnion(naming.prefixes)
    words.remove([])
    self.words = words
    longest = words.map(\.count).max() ?? 0
    office = LabelText.key(campaign.office)
  }

  /// The runs of letters and ideographs of a name; digits, signs, spaces and a file extension part them.
  static func runs(of name: Substring) -> [[Unicode.Scalar]] {
    var stem = name
    if let dot = name.lastIndex(of: "."), name.distance(from: dot, to: name.endIndex) <= 6 {
      stem = name[..<dot]
    }
    var runs: [[Unicode.Scalar]] = []
    var run: [Unicode.Scalar] = []
    for scalar in TextFolding.scalars(of: stem) {
      if scalar.properties.isAlphabetic || scalar.properties.isIdeographic {
        run.append(scalar)
      } else if !run.isEmpty {
        runs.append(run)
        run = []
      }
    }
    if !run.isEmpty { runs.append(run) }
    return runs
  }

  /// Whether everything around a range consists of these words.
  func surround(_ run: [Unicode.Scalar], _ range: Range<Int>) -> Bool {
    consists(run[..<range.lowerBound]) && consists(run[range.upperBound...])
  }

  /// Whether a text can be cut into these words; the empty one can.
  private func consists(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    var reachable = [true] + Array(repeating: false, count: text.count)
    let scalars = Array(text)
    for end in 1..<max(1, reachable.count) {
      for start in max(0, end - longest)..<end
      where reachable[start] && words.contains(Array(scalars[start..<end])) {
        reachable[end] = true
        break
      }
    }
    return reachable[text.count]
  }
}
