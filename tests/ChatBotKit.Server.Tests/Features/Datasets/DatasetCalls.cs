using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Calls about datasets.</summary>
internal static class DatasetCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<string> CreateDatasetAsync(this FeatureServer server, string body = "{}") =>
        ApiJson.Id(await server.PostAsync("dataset/create", body));

    /// <summary>Creates a record, and returns its id.</summary>
    public static async Task<string> CreateRecordAsync(
        this FeatureServer server, string dataset, string text, string? source = null, string? meta = null) =>
        ApiJson.Id(await server.PostAsync(
            $"dataset/{dataset}/record/create",
            $$"""{"text":{{JsonSerializer.Serialize(text)}},"source":{{JsonSerializer.Serialize(source)}},"meta":{{meta ?? "null"}}}"""));

    /// <summary>Stores records directly, in one transaction.</summary>
    public static Task<bool> AddRecordsAsync(this FeatureServer server, string dataset, IEnumerable<(string Id, string Text, string? Meta)> records) =>
        server.Server.Store.ChangeAsync(
            async db =>
            {
                foreach (var (id, text, meta) in records)
                    await db.AddRecordAsync(new RecordRow { DatasetId = dataset, Id = id, Text = text, Meta = meta, CreatedAt = 1, UpdatedAt = 1 });
                return true;
            },
            Token);

    /// <summary>Searches a dataset, and returns the found records.</summary>
    public static async Task<List<JsonElement>> SearchAsync(this FeatureServer server, string dataset, string search, string? filter = null) =>
        [.. (await server.PostAsync($"dataset/{dataset}/search", $$"""{"search":{{JsonSerializer.Serialize(search)}},"filter":{{filter ?? "null"}}}"""))
            .GetProperty("records").EnumerateArray()];

    /// <summary>Searches a dataset, and returns the ids of the found records.</summary>
    public static async Task<IEnumerable<string>> SearchIdsAsync(this FeatureServer server, string dataset, string search, string? filter = null) =>
        (await server.SearchAsync(dataset, search, filter)).Select(record => record.Id());
}
