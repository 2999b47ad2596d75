using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.AdminConsole.Tests.Browser;

/// <summary>A server with something of everything, and the pages that show it.</summary>
internal sealed record World(IReadOnlyList<(string Path, string Picture)> Pages)
{
    public static async Task<World> MakeAsync(HttpClient owner, ScriptedModelServer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var dataset = await IdOfAsync("dataset/create", new { name = "Flower shop", description = "What customers ask about" });
        await IdOfAsync($"dataset/{dataset}/record/create", new { text = "The shop is open from Monday to Friday from 9:00 to 18:00.", source = "hours.md" });
        await IdOfAsync($"dataset/{dataset}/record/create", new { text = "Delivery costs 6 euros within the city.", source = "delivery.md" });
        var bot = await IdOfAsync("bot/create", new { name = "Flower shop", backstory = "You answer the questions of customers of a small flower shop. Be friendly and brief.", model = "scripted", datasetId = dataset });
        return new World(
        [
            ("/bots", "bots"), ("/bots/new", "bot-new"), ($"/bots/{bot}", "bot"), ($"/bots/{bot}/embed", "bot-embed"), ($"/bots/{bot}/delete", "bot-delete"),
        ]);

        async Task<string> IdOfAsync(string path, object body) => (await owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
    }
}
