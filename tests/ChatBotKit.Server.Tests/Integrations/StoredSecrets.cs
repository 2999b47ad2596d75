using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Integrations;

/// <summary>Inspects the stored credentials of resources.</summary>
internal static class StoredSecrets
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ResourceRow> RowAsync(FeatureServer server, string id) => (await server.Server.Store.QueryAsync(
        db => db.FirstAsync(ResourceTable.Rows, "WHERE \"Id\" = $1", id), Token))!;

    public static async Task<string?> RevealAsync(FeatureServer server, string id, string field) =>
        server.Service<ResourceSecrets>().Reveal(await RowAsync(server, id), field);

    /// <summary>Returns all unencrypted data of the row.</summary>
    public static async Task<string> DataAsync(FeatureServer server, string id)
    {
        var row = await RowAsync(server, id);
        return Encoding.UTF8.GetString(row.Data) + Encoding.UTF8.GetString(row.Secrets ?? []);
    }
}
