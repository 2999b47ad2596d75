using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Steps of the tests of blueprints.</summary>
internal static class BlueprintWorld
{
    public static Task<string> CreateBlueprintAsync(this ResourceWorld world, JsonObject? fields = null) =>
        world.CreateAsync(ResourceServer.Kind("blueprint"), fields);

    /// <summary>Imports resources and returns the response.</summary>
    public static Task<JsonElement> ImportAsync(this ResourceWorld world, string blueprint, string resources, bool ensure = false) =>
        world.Client.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/resource/import", BodyOf(resources, ensure));

    /// <summary>Sends an import that must be refused, and returns its issues.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RefusedImportAsync(
        this ResourceWorld world, string blueprint, string resources, string refusal = "400 BAD_REQUEST")
    {
        using var answer = await world.Client.SendAsync(HttpMethod.Post, $"blueprint/{blueprint}/resource/import", BodyOf(resources, ensure: false));
        await answer.AssertRefusedAsync(refusal);
        return [.. (await answer.JsonAsync()).GetProperty("details").GetProperty("issues").EnumerateArray()];
    }

    /// <summary>Returns the exported resources by category.</summary>
    public static async Task<JsonElement> ExportAsync(this ResourceWorld world, string blueprint) =>
        (await world.Client.ReadAsync(HttpMethod.Get, $"blueprint/{blueprint}/resource/export")).GetProperty("resources");

    /// <summary>Returns the id of a resource in a response.</summary>
    public static string IdOf(this JsonElement response, string category, int index = 0) =>
        response.GetProperty("resources").GetProperty(category)[index].Id();

    public static async Task<ResourceRow> RowAsync(this ResourceServer server, string id) => (await server.Factory.Store.QueryAsync(
        db => db.FirstAsync(ResourceTable.Rows, SqlTable<ResourceRow>.ById, id), TestContext.Current.CancellationToken))!;

    public static ValueTask<long> CountResourcesAsync(this ResourceServer server, ResourceWorld world) => server.Factory.Store.QueryAsync(
        db => db.FirstAsync("SELECT count(*) FROM \"Resources\" WHERE \"AccountId\" = $1", static row => row.GetInt64(0), world.AccountId),
        TestContext.Current.CancellationToken);

    private static string BodyOf(string resources, bool ensure) =>
        $$"""{"resources":{{resources}}{{(ensure ? ",\"ensure\":true" : "")}}}""";
}
