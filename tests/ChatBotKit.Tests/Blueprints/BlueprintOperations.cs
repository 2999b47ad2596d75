using System.Text.Json.Nodes;

namespace ChatBotKit.Tests;

internal static class BlueprintOperations
{
    private const string Blueprint = """{"id":"bp1","alias":"shop","name":"Shop","visibility":"protected","meta":{"a":1},"createdAt":1767225600000,"updatedAt":1767225600001}""";
    private const string Resources = """{"id":"bp1","resources":{"bot":[{"id":"b1","name":"Seller"}]}}""";
    private const string Bulletin = """{"id":"n1","text":"Closed today","author":"Ada","botId":"b1","createdAt":1767225600000,"expiresAt":1767225600009}""";
    private const string Id = """{"id":"bp1"}""";

    public static IEnumerable<OperationCase> All => [.. Blueprints(), .. Contents(), .. Bulletins()];

    private static IEnumerable<OperationCase> Blueprints() =>
    [
        new(
            "BlueprintClient.ListAsync",
            async (api, token) => (await api.Blueprint.ListAsync(new ListRequest { Meta = new Dictionary<string, string> { ["a"] = "1" } }, token)).Items[0].Alias!,
            "GET /api/v1/blueprint/list?meta.a=1",
            $$"""{"items":[{{Blueprint}}],"cursor":"bp1"}""",
            "shop"),
        new(
            "BlueprintClient.ListAsync streamed",
            async (api, token) => (await api.Blueprint.ListAsync(cancellationToken: token).ToListAsync())[0].Name!,
            "GET /api/v1/blueprint/list",
            $$"""{"type":"item","data":{{Blueprint}} }""",
            "Shop") { Accept = "application/jsonl" },
        new(
            "BlueprintClient.CreateAsync",
            async (api, token) => (await api.Blueprint.CreateAsync(new BlueprintCreateRequest { Alias = "shop", Name = "Shop", Visibility = Visibility.Public }, token)).Id,
            "POST /api/v1/blueprint/create\n" + """{"alias":"shop","name":"Shop","visibility":"public"}""",
            Id,
            "bp1"),
        new(
            "BlueprintClient.FetchAsync",
            async (api, token) => (await api.Blueprint.FetchAsync("@shop", token)).Visibility.ToString()!,
            "GET /api/v1/blueprint/%40shop/fetch",
            Blueprint,
            "protected"),
        new(
            "BlueprintClient.UpdateAsync",
            async (api, token) => (await api.Blueprint.UpdateAsync(
                "bp1", new BlueprintUpdateRequest { Alias = Optional<string>.Null, Visibility = Visibility.Private, Meta = new JsonObject { ["$update"] = new JsonObject() } }, token)).Id,
            "POST /api/v1/blueprint/bp1/update\n" + """{"alias":null,"meta":{"$update":{}},"visibility":"private"}""",
            Id,
            "bp1"),
        new(
            "BlueprintClient.DeleteAsync",
            async (api, token) => (await api.Blueprint.DeleteAsync("bp1", cancellationToken: token)).Id,
            "POST /api/v1/blueprint/bp1/delete\n{}",
            Id,
            "bp1"),
        new(
            "BlueprintClient.DeleteAsync with resources",
            async (api, token) => (await api.Blueprint.DeleteAsync("bp1", new BlueprintDeleteRequest { DeleteResources = true }, token)).Id,
            "POST /api/v1/blueprint/bp1/delete\n" + """{"deleteResources":true}""",
            Id,
            "bp1"),
        new(
            "BlueprintClient.CloneAsync",
            async (api, token) => (await api.Blueprint.CloneAsync("bp0", token)).Id,
            "POST /api/v1/blueprint/bp0/clone\n{}",
            Resources,
            "bp1"),
    ];

    private static IEnumerable<OperationCase> Contents() =>
    [
        new(
            "BlueprintClient.ListResourcesAsync",
            async (api, token) => (await api.Blueprint.ListResourcesAsync("bp1", token)).Resources["bot"]![0]!["name"]!.ToString(),
            "GET /api/v1/blueprint/bp1/resource/list",
            Resources,
            "Seller"),
        new(
            "BlueprintClient.ExportResourcesAsync",
            async (api, token) => (await api.Blueprint.ExportResourcesAsync("bp1", token)).Resources.Count.ToString(),
            "GET /api/v1/blueprint/bp1/resource/export",
            Resources,
            "1"),
        new(
            "BlueprintClient.ExportResourcesTerraformAsync",
            async (api, token) =>
            {
                using var file = new MemoryStream();
                await api.Blueprint.ExportResourcesTerraformAsync("bp1", file, token);
                return System.Text.Encoding.UTF8.GetString(file.ToArray());
            },
            "GET /api/v1/blueprint/bp1/resource/export",
            "resource {}",
            "resource {}") { Accept = "application/terraform+hcl", AnswerType = "application/terraform+hcl" },
        new(
            "BlueprintClient.ImportResourcesAsync",
            async (api, token) => (await api.Blueprint.ImportResourcesAsync(
                "@shop",
                new BlueprintImportRequest { Ensure = true, Resources = new JsonObject { ["bot"] = new JsonArray(new JsonObject { ["id"] = "local", ["name"] = "Seller" }) } },
                token)).Resources["bot"]![0]!["id"]!.ToString(),
            "POST /api/v1/blueprint/%40shop/resource/import\n" + """{"ensure":true,"resources":{"bot":[{"id":"local","name":"Seller"}]}}""",
            Resources,
            "b1"),
    ];

    private static IEnumerable<OperationCase> Bulletins() =>
    [
        new(
            "BlueprintClient.ListBulletinsAsync",
            async (api, token) => (await api.Blueprint.ListBulletinsAsync("bp1", new ListRequest { Take = 2 }, token)).Items[0].Author!,
            "GET /api/v1/blueprint/bp1/bulletin/list?take=2",
            $$"""{"items":[{{Bulletin}}],"cursor":"n1"}""",
            "Ada"),
        new(
            "BlueprintClient.ListBulletinsAsync streamed",
            async (api, token) => (await api.Blueprint.ListBulletinsAsync("bp1", cancellationToken: token).ToListAsync())[0].ExpiresAt.ToUnixTimeMilliseconds().ToString(),
            "GET /api/v1/blueprint/bp1/bulletin/list",
            $$"""{"type":"item","data":{{Bulletin}} }""",
            "1767225600009") { Accept = "application/jsonl" },
        new(
            "BlueprintClient.CreateBulletinAsync",
            async (api, token) => (await api.Blueprint.CreateBulletinAsync("bp1", new BlueprintBulletinCreateRequest { Text = "Closed today", Ttl = 60 }, token)).Bulletin.Text,
            "POST /api/v1/blueprint/bp1/bulletin/create\n" + """{"text":"Closed today","ttl":60}""",
            $$"""{"id":"bp1","bulletin":{{Bulletin}}}""",
            "Closed today"),
    ];
}
