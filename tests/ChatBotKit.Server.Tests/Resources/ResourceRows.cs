namespace ChatBotKit.Server.Tests.Resources;

/// <summary>Queries of tests to the store.</summary>
internal static class ResourceRows
{
    public static async Task<long> CountLinksFromAsync(this ResourceServer server, string id) => await server.Factory.Store.QueryAsync(
        db => db.FirstAsync("SELECT count(*) FROM \"ResourceLinks\" WHERE \"FromId\" = $1", static row => row.GetInt64(0), id),
        TestContext.Current.CancellationToken);
}
