import Forms
import Foundation

/// Other working folders: opened, and made from this one's campaign for another year.
struct FolderRequests {
  let desk: Desk
  let exchange: Exchange

  /// `{"open": PATH}`, or `{"name", "year"}`.
  func answer(_ fields: RequestFields) async throws -> Answer {
    try Self.holdAlone(desk)
    let language = exchange.language
    if let path = fields["open"] {
      let address = try await Blocking.light { try FolderShelf.open(path, language: language) }
      return .json(["address": .string(address)])
    }
    let name = try fields.required("name", LocalizedText(zh: "文件夹名", en: "The folder's name"))
    guard let year = fields["year"].flatMap(Int.init) else {
      throw Problem(.unprocessableContent, "year", zh: "年度应为四位数", en: "The year has four digits.")
    }
    let view = try await desk.view(exchange)
    let path = try FolderShelf(place: desk.place).path(ofNew: name)
    let named = desk.folder.campaignName
    try await Blocking.heavy { try Self.make(path, year: year, campaign: view.campaign, named: named) }
    await desk.record([LedgerEntry(.folderMade, file: path)], by: fields["by"] ?? exchange.person)
    let address = try await Blocking.light { try FolderShelf.open(path, language: language) }
    return .json(["folder": .string(path), "address": .string(address)], status: .created)
  }

  static func holdAlone(_ desk: Desk) throws {
    guard desk.isAlone else {
      throw Problem(
        .forbidden, "alone", zh: "多人使用时，请在装有程序的电脑上新建、打开文件夹",
        en: "Where several people work, folders are made and opened at the machine itself.")
    }
  }

  /// A working folder whose campaign stands on this one's, of another year.
  private static func make(_ path: String, year: Int, campaign: Campaign, named: String?) throws {
    let place = FileManager.default.currentDirectoryPath as NSString
    let reference: String
    if let named {
      let isPath = !Campaign.builtinIDs.contains(named) && !named.hasPrefix("/")
      reference = isPath ? (place.appendingPathComponent(named) as NSString).standardizingPath : named
    } else {
      let hasOwn = FileManager.default.fileExists(atPath: WorkingFolder.campaignFile)
      reference = hasOwn ? "../" + place.lastPathComponent : campaign.id
    }
    let text = try CampaignChange.year(year).applied(
      to: WorkingFolder.campaignText(campaign, reference: reference), campaign: campaign)
    try FolderShelf.make(path) {
      _ = try CampaignRequests.load(text, in: path).get()
      _ = try WorkingFolder.create(
        at: URL(fileURLWithPath: path), campaign: campaign, reference: reference, text: text)
    }
  }
}
