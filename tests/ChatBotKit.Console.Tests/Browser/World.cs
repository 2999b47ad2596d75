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
        var conversation = await IdOfAsync("conversation/create", new { botId = bot, name = "About opening hours", contactId = new { name = "Ada", email = "ada@shop.example" } });
        await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/complete", new { text = "When are you open?" });
        var run = (await owner.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/run/list")).GetProperty("items")[0].GetProperty("id").GetString();
        await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", new { origins = new[] { "https://shop.example" } });
        var file = await IdOfAsync("file/create", new { name = "broken.pdf" });
        await owner.ReadAsync(HttpMethod.Post, $"file/{file}/upload", new { file = "data:application/pdf;base64,JVBERi0xLjcKYnJva2Vu" });
        await owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/file/{file}/attach", new { type = "source" });
        await owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/file/{file}/sync", new { });
        var contact = (await owner.ReadAsync(HttpMethod.Get, "contact/list")).GetProperty("items")[0].GetProperty("id").GetString();
        await IdOfAsync("memory/create", new { contactId = contact, text = "Prefers tulips, and comes on Saturdays." });
        var widget = await IdOfAsync("integration/widget/create", new { name = "Shop page", botId = bot, title = "Flower shop", intro = "We answer at once.", initial = "How can I help?", origin = "https://shop.example", meta = new { chatPage = true } });
        var skillset = await IdOfAsync("skillset/create", new { name = "Shop", description = "Orders and opening hours" });
        var ability = await IdOfAsync($"skillset/{skillset}/ability/create", new { name = "Weather", description = "Call it when a customer asks about the weather of the delivery.", instruction = "```fetch\nurl: https://weather.example/\nquery:\n  q: $[city! |name of the city]\n```" });
        await IdOfAsync($"skillset/{skillset}/ability/create", new { name = "Time", description = "Tells the time.", instruction = "!time.now", state = "disabled" });
        var secret = await IdOfAsync("secret/create", new { name = "Key of the shop", description = "For its stock list", kind = "shared", type = "bearer", value = "abc" });
        await IdOfAsync("secret/create", new { name = "Calendar", kind = "personal", type = "oauth" });
        await IdOfAsync("secret/create", new { name = "Mail", kind = "shared", type = "basic" });
        var task = await IdOfAsync("task/create", new { name = "Weekly report", description = "Sum up what customers asked last week.", botId = bot, schedule = "0 9 * * MON", timezone = "Europe/Sofia" });
        var record = (await owner.ReadAsync(HttpMethod.Get, $"dataset/{dataset}/record/list")).GetProperty("items")[0].GetProperty("id").GetString();
        await owner.ReadAsync(HttpMethod.Post, $"dataset/{dataset}/update", new { meta = new { searchQuestions = new[] { new { question = "When is the shop open?", recordId = record!, text = "" }, new { question = "Do you sell bread?", recordId = "gone", text = "Bread" } } } });
        var server = await IdOfAsync("integration/mcpserver/create", new { name = "Shop tools", skillsetId = skillset });
        var trigger = await IdOfAsync("integration/trigger/create", new { name = "Orders", botId = bot, schedule = "daily" });
        var extract = await IdOfAsync("integration/extract/create", new { name = "Addresses", botId = bot, schema = new { type = "object" } });
        var sitemap = await IdOfAsync("integration/sitemap/create", new { name = "Shop pages", datasetId = dataset, url = "https://shop.example/" });
        await IdOfAsync("integration/support/create", new { name = "Help desk", botId = bot, email = "desk@shop.example" });
        var blueprint = await IdOfAsync("blueprint/create", new { name = "Shop", alias = "shop", description = "All that answers customers" });
        await owner.ReadAsync(HttpMethod.Post, $"blueprint/{blueprint}/resource/import", new { resources = new { dataset = new[] { new { id = "docs", alias = "shop-docs", name = "Prices" } }, bot = new[] { new { name = "Seller", datasetId = "docs" } } } });
        await IdOfAsync($"blueprint/{blueprint}/bulletin/create", new { text = "The shop is closed today." });
        foreach (var nameless in new[] { "blueprint", "bot", "dataset", "skillset", "secret", "task", "contact", "conversation", "integration/widget", "integration/skillserver" })
            await IdOfAsync($"{nameless}/create", new { });
        return new World(
        [
            ("/datasets", "datasets"), ($"/datasets/{dataset}", "dataset-files"), ($"/datasets/{dataset}/records", "dataset-records"),
            ($"/datasets/{dataset}/records/{record}", "dataset-record"), ($"/datasets/{dataset}/records/new", "dataset-record-new"),
            ($"/datasets/{dataset}/test?q=When+is+the+shop+open&score=0.4", "dataset-test"), ($"/datasets/{dataset}/settings", "dataset-settings"),
            ("/skillsets", "skillsets"), ("/skillsets/new", "skillset-new"), ($"/skillsets/{skillset}/gallery", "ability-gallery"), ($"/skillsets/{skillset}", "skillset"),
            ($"/skillsets/{skillset}/abilities/new", "ability-new"), ($"/skillsets/{skillset}/abilities/{ability}", "ability"),
            ("/secrets", "secrets"), ("/secrets/new", "secret-new"), ($"/secrets/{secret}", "secret"),
            ("/tasks", "tasks"), ("/tasks/new", "task-new"), ($"/tasks/{task}", "task"),
            ("/conversations", "conversations"), ("/conversations?contact=nobody", "conversations-no-match"), ("/conversations?text=open", "conversations-found"),
            ($"/conversations/{conversation}", "conversation"), ($"/conversations/{conversation}/runs/{run}", "run"),
            ("/sessions", "sessions"), ("/sessions/keys", "keys"), ("/sessions/audit?verify=1", "audit"),
            ("/contacts", "contacts"), ($"/contacts/{contact}", "contact"), ("/work", "work"), ("/work?state=dead", "work-no-match"), ("/blueprints", "blueprints"), ("/blueprints/new", "blueprint-new"), ($"/blueprints/{blueprint}", "blueprint"), ("/events", "events"), ("/events?contact=nobody", "events-no-match"), ("/usage", "usage"), ("/usage?days=1", "usage-hours"), ("/settings", "settings"),
            ("/integrations", "integrations"), ("/integrations/widget/new", "widget-new"), ($"/integrations/widget/{widget}", "widget"),
            ("/integrations/mcpserver/new", "mcpserver-new"), ($"/integrations/mcpserver/{server}", "mcpserver"), ($"/contacts/{contact}/secrets", "contact-secrets"),
            ("/integrations/support/new", "support-new"), ($"/integrations/trigger/{trigger}", "trigger"), ($"/integrations/extract/{extract}", "extract"), ($"/integrations/sitemap/{sitemap}", "sitemap"),
            ($"/datasets/{dataset}/test/saved?run=1&score2=0.9", "dataset-saved-questions"),
            ($"/integrations/widget/{widget}/embed", "widget-embed"), ($"/integrations/widget/{widget}/delete", "widget-delete"),
            ("/bots", "bots"), ("/bots/new", "bot-new"), ($"/bots/{bot}", "bot"), ($"/bots/{bot}/usage", "bot-usage"), ($"/bots/{bot}/embed", "bot-embed"), ($"/bots/{bot}/delete", "bot-delete"),
        ]);

        async Task<string> IdOfAsync(string path, object body) => (await owner.ReadAsync(HttpMethod.Post, path, body)).GetProperty("id").GetString()!;
    }
}
