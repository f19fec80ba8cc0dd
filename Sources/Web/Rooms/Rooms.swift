import Forms
import HTTPTypes

/// Leads to the rooms of the page.
struct Rooms {
  let desk: Desk

  func answer(to exchange: Exchange) async throws -> Answer {
    guard exchange.method == .get else { throw Problem.notAllowed }
    guard exchange.path.count <= 1 else { throw Problem.notFound }
    let needsFolder = !["learn", "folders"].contains(exchange.path.first)
    if needsFolder, let busy = await BusyPage.inPlaceOfRoom(desk, exchange) { return busy }
    switch exchange.path.first {
    case nil: return try await OverviewRoom(desk: desk, exchange: exchange).answer()
    case "inbox": return try await InboxRoom(desk: desk, exchange: exchange).answer()
    case "sheet": return try await SheetRoom(desk: desk, exchange: exchange).answer()
    case "returns": return try await ReturnsRoom(desk: desk, exchange: exchange).answer()
    case "merge": return try await MergeRoom(desk: desk, exchange: exchange).answer()
    case "blanks": return try await BlanksRoom(desk: desk, exchange: exchange).answer()
    case "campaign": return try await CampaignRoom(desk: desk, exchange: exchange).answer()
    case "learn": return LearnRoom(desk: desk, exchange: exchange).answer()
    case "folders": return try await FoldersRoom(desk: desk, exchange: exchange).answer()
    case "log": return try await LogRoom(desk: desk, exchange: exchange).answer()
    default: throw Problem.notFound
    }
  }
}
