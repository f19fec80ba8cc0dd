import XLSX

/// Reads one file that came in, with all that is inside it: what it is, which forms it holds, what they say.
struct IntakeReader: Sendable {
  private let campaign: Campaign
  let limits: IntakeLimits
  let locator: FormLocator
  private let reader: FormReader
  let engine: RuleEngine
  private let workbookPlan: WorkbookPlan
  private let formNames: String
  let entries: EntryBudget
  let stop: StopLatch
  /// Told after each file inside an archive or a mailbox.
  let progress: (@Sendable () -> Void)?
  /// `nil` where it is not installed.
  let office: OfficeProgram?

  init(
    engine: RuleEngine, limits: IntakeLimits, stop: StopLatch = StopLatch(nil),
    progress: (@Sendable () -> Void)? = nil
  ) {
    self.stop = stop
    self.progress = progress
    campaign = engine.campaign
    self.limits = limits
    office = OfficeProgram(secondsPerFile: 60)
    entries = EntryBudget(limits.archivedFileCount)
    self.engine = engine
    workbookPlan = engine.campaign.workbookPlan
    locator = FormLocator(engine.campaign, register: engine.register)
    reader = FormReader(engine.campaign, register: engine.register)
    formNames = engine.campaign.forms.map(\.label).joined(separator: "、")
  }

  /// The file, and for an archive every file inside it.
  ///
  /// - Parameter memory: What the worker has seen in files before this one; nothing of it changes what is found.
  func outcomes(of file: InboxFile, memory: IntakeMemory) -> [FileOutcome] {
    // What was named is meant, whatever its name; of what was found, only the names below the folder that was named count.
    if let reason = InboxIgnoreList.reason(for: file.below) { return [ignored(file.shown, reason)] }
    if InboxIgnoreList.isMovedAside(below: file.below) { return [ignored(file.shown, FileReason.movedAside)] }
    // What a link leads back to is read anyway; what lies behind other obstacles is not.
    if file.obstacle == .loop { return [ignored(file.shown, IntakeProblem(.loop).why)] }
    if let obstacle = file.obstacle { return [rejected(file.shown, .unknown, IntakeProblem(obstacle))] }
    let inflater = ZipInflater(limits: limits)
    let place = FilePlace(shown: file.shown)
    do {
      let bytes = try FileLoader.bytes(at: file.path, limit: limits.fileSize)
      return outcomes(of: bytes, at: place, inflater: inflater, memory: memory)
    } catch {
      // A mailbox of years is larger than anything else that comes in, and is read in pieces.
      if error == .tooLarge(limits.fileSize), let mailbox = MailboxContainer.onDisk(file.path, limits: limits)
      {
        return self.mailbox(mailbox, at: place, memory: memory)
      }
      return [rejected(file.shown, .unknown, error)]
    }
  }

  func outcomes(
    of bytes: [UInt8], at place: FilePlace, inflater: ZipInflater, memory: IntakeMemory
  ) -> [FileOutcome] {
    let shown = place.shown
    FreedMemory.expect(fileOf: bytes.count)
    if let (known, format) = WorkbookGridReader().read(bytes, limits: limits, from: memory.workbooks) {
      var book = known
      book.modified = book.modified ?? place.modified
      return [read(book, at: place, format: format, hash: Self.hash(bytes), memory: memory)]
    }
    let format = FileSniffer.format(of: bytes, limits: limits)
    if let found = contents(of: bytes, format, at: place, inflater: inflater, memory: memory) { return found }
    if format == .encrypted {
      do throws(IntakeProblem) {
        let content = try FileDecryption.content(of: bytes, limits: limits)
        guard FileSniffer.format(of: content, limits: limits) != .encrypted else {
          throw IntakeProblem.encrypted
        }
        return outcomes(of: content, at: place, inflater: inflater, memory: memory)
      } catch {
        return [rejected(shown, format, error)]
      }
    }
    if format == .unknown, VolumeName.isVolume(shown) { return [rejected(shown, format, .volume)] }
    if let problem = IntakeProblem(unreadable: format, bytes: bytes) {
      if let outcome = outcomeOfCopy(bytes, format, at: place, memory: memory) { return [outcome] }
      return [rejected(shown, format, problem)]
    }
    guard let formatReader = format.reader else { return [rejected(shown, format, .unsupported(format))] }
    do {
      var book =
        if let workbookReader = formatReader as? WorkbookGridReader {
          try workbookReader.read(bytes, format: format, limits: limits, learning: memory.workbooks)
        } else {
          try formatReader.read(bytes, format: format, limits: limits)
        }
      book.modified = book.modified ?? place.modified
      if SheetNames.areThoseOfConsolidated(book.grids.map(\.name)), !format.isWorkbook,
        book.grids.contains(where: { $0.cells.count >= GridBounds.cells })
      {
        throw IntakeProblem.tooManyCells
      }
      guard format.isWorkbook || book.textSize <= limits.textBytes else {
        throw IntakeProblem.tooMuchText
      }
      return [read(book, at: place, format: format, hash: Self.hash(bytes), memory: memory)]
    } catch let problem as IntakeProblem {
      return [rejected(shown, format, problem)]
    } catch let error as XLSXError {
      if error.code == .legacyFormat, let outcome = outcomeOfCopy(bytes, format, at: place, memory: memory) {
        return [outcome]
      }
      return [
        rejected(
          shown, [.encrypted, .wrongPassword].contains(error.code) ? .encrypted : format, IntakeProblem(error)
        )
      ]
    } catch {
      return [rejected(shown, format, .truncated)]
    }
  }

  /// The forms of a workbook.
  func read(
    _ book: GridBook, at place: FilePlace, format: FileFormat, hash: String?, memory: IntakeMemory
  ) -> FileOutcome {
    let shown = place.shown
    // Lines of a list are never left out.
    if !locator.words.lists.isEmpty, book.grids.contains(where: { $0.cutBelow != nil }) {
      return rejected(shown, format, .tooManyLines)
    }
    if book.isReport {
      return FileOutcome(
        file: InputFile(
          file: shown, state: .ignored, reason: FileReason.ownReport, format: format, modified: book.modified),
        contentHash: hash)
    }
    let found = content(of: book, at: place, memory: memory)
    let submissions = found.submissions
    var findings = found.findings
    if FileExtension.contradicts(shown, format: format) {
      findings.append(
        RuleCatalogue.finding(
          "F02", file: shown,
          ["file": MessageValue(Self.lastPart(shown)), "format": MessageValue(format.rawValue)]))
    }
    findings += book.grids.compactMap { $0.cutFinding(file: shown) }
    if submissions.isEmpty, let part = findings.first(where: { $0.rule == "D10" }) {
      let reason = FileReason.part(part.found?.text ?? "", of: part.unit ?? "")
      return FileOutcome(
        file: InputFile(
          file: shown, state: .ignored, reason: reason, format: format, findings: findings,
          modified: book.modified),
        contentHash: hash)
    }
    guard !submissions.isEmpty else {
      if campaign.isReceivedDocument(
        shown, format: format, opening: book.opening, hasTable: book.hasTable)
      {
        return FileOutcome(
          file: InputFile(
            file: shown, state: .ignored, reason: FileReason.received(nil, format), format: format,
            modified: book.modified),
          contentHash: hash)
      }
      findings.append(
        RuleCatalogue.finding(
          "F03", file: shown,
          ["file": MessageValue(Self.lastPart(shown)), "forms": MessageValue(formNames)]))
      let reason = LocalizedText(zh: "未找到\(formNames)表格", en: "it holds no form (\(formNames))")
      return FileOutcome(
        file: InputFile(
          file: shown, state: .rejected, reason: reason, format: format, findings: findings,
          modified: book.modified),
        contentHash: hash)
    }
    var labels: [String] = []
    for submission in submissions {
      let label = engine.plans[submission.form]?.form.label ?? submission.form
      if !labels.contains(label) { labels.append(label) }
    }
    let list = labels.joined(separator: "、")
    var reason = LocalizedText(zh: "含\(list)", en: "holds \(list)")
    if !found.samples.isEmpty { reason = FileReason.adding(samples: found.samples, to: reason) }
    return FileOutcome(
      file: InputFile(
        file: shown, state: .adopted, reason: reason,
        format: format,
        findings: findings, modified: book.modified),
      submissions: submissions, below: found.below, contentHash: hash)
  }

  /// What an office below has consolidated already counts unit by unit; anything else is searched for forms.
  private func content(of book: GridBook, at place: FilePlace, memory: IntakeMemory) -> (
    submissions: [Submission], below: [UnitBelow], findings: [Finding], samples: [String]
  ) {
    if ConsolidatedWorkbook.mayBe(book, plan: workbookPlan),
      let consolidated = ConsolidatedWorkbook(
        book, file: place.shown, campaign: campaign, register: engine.register, plan: workbookPlan)
    {
      let keys = Dictionary(
        campaign.forms.map { ($0.id, $0.fields.map(\.key)) }, uniquingKeysWith: { first, _ in first })
      let submissions = consolidated.submissions(judgedBy: engine).map { submission in
        var submission = submission
        submission.pack(keys: keys[submission.form] ?? [])
        return submission
      }
      return (submissions, consolidated.below, consolidated.findings(by: engine), [])
    }
    var book = book
    let stamp = book.takeReturnStamp()
    let tables = SampleTables(memory.layouts.locate(in: book), in: book, words: locator.words.groups)
    var submissions = tables.forms.map { located in
      var submission = reader.read(located, in: book, file: place.shown, letter: place.letter)
      submission.returned = stamp
      return submission
    }
    let parts = PartsOfUnits.take(from: &submissions)
    for index in submissions.indices { engine.judge(&submissions[index]) }
    return (submissions, [], parts, tables.ignored)
  }

  func ignored(_ shown: String, _ reason: LocalizedText) -> FileOutcome {
    FileOutcome(file: InputFile(file: shown, state: .ignored, reason: reason, format: .unknown))
  }

  func rejected(_ shown: String, _ format: FileFormat, _ problem: IntakeProblem) -> FileOutcome {
    let finding = RuleCatalogue.finding(
      "F01", problem.advice == nil ? "told" : "", file: shown,
      [
        "file": MessageValue(Self.lastPart(shown)), "why": MessageValue(problem.why),
        "advice": MessageValue(problem.advice ?? LocalizedText(zh: "", en: "")),
      ])
    return FileOutcome(
      file: InputFile(file: shown, state: .rejected, reason: problem.why, format: format, findings: [finding])
    )
  }

  private static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The same in every run: files that are read on several machines are compared where they come together. `nil` if
  /// OpenSSL refuses, as it can be set up to; then no two files count as the same.
  static func hash(_ bytes: [UInt8]) -> String? {
    guard let hash = try? MessageDigest(.sha256).hash(bytes) else { return nil }
    return Array(hash.prefix(16)).hexadecimal
  }
}
