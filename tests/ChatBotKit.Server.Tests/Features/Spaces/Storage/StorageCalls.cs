using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Helpers that create spaces and send their files.</summary>
internal static class StorageCalls
{
    public static async Task<string> CreateSpaceAsync(this FeatureServer server, string body = "{}") =>
        ApiJson.Id(await server.PostAsync("space/create", body));

    /// <summary>Stores a text in a space. The path is sent as it is.</summary>
    public static Task<JsonElement> StoreAsync(this FeatureServer server, string space, string path, string text = "Hello") =>
        server.PostAsync($"space/{space}/storage/upload/{path}", $$"""{"file":"data:text/plain,{{text}}"}""");

    /// <summary>Stores texts at several paths.</summary>
    public static async Task StoreAllAsync(this FeatureServer server, string space, params string[] paths)
    {
        foreach (var path in paths)
            await server.StoreAsync(space, path);
    }

    public static Task<string> LoadAsync(this FeatureServer server, string space, string path) =>
        server.Owner.ReadTextAsync($"space/{space}/storage/download/{path}", "*/*");

    /// <summary>Returns the paths of a folder; a folder ends with a slash.</summary>
    public static async Task<string> ListPathsAsync(this FeatureServer server, string space, string folderAndQuery = "")
    {
        var list = await server.GetAsync($"space/{space}/storage/list{folderAndQuery}");
        return string.Join(' ', list.Items().Select(item => item.Text("path") + (item.GetProperty("isDirectory").GetBoolean() ? "/" : "")));
    }
}
