using System.Net.Http.Headers;
using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Helpers that create files and send their contents.</summary>
internal static class FileCalls
{
    public static async Task<string> CreateFileAsync(this FeatureServer server, string body = "{}") =>
        ApiJson.Id(await server.PostAsync("file/create", body));

    /// <summary>Uploads a text as a raw body.</summary>
    public static async Task<JsonElement> UploadTextAsync(this HttpClient client, string fileId, string text, string? key = null)
    {
        using var answer = await client.SendTextAsync(fileId, text, key);
        return await answer.ReadAsync();
    }

    public static Task<HttpResponseMessage> SendTextAsync(this HttpClient client, string fileId, string text, string? key = null) =>
        client.SendAsync(HttpMethod.Post, $"file/{fileId}/upload", new StringContent(text, new MediaTypeHeaderValue("text/plain")), key: key);

    /// <summary>Announces a content, and returns the response.</summary>
    public static Task<JsonElement> AnnounceAsync(this FeatureServer server, string fileId, int size, string type = "text/plain") =>
        server.PostAsync($"file/{fileId}/upload", $$"""{"file":{"type":"{{type}}","size":{{size}},"name":"a.txt"} }""");

    public static string UrlOf(this JsonElement answer, string request) => answer.GetProperty(request).Text("url")!;

    /// <summary>Sends the bytes of an announced content without a credential, and returns the status and the code of a refusal.</summary>
    public static async Task<string> PutAsync(this FeatureServer server, JsonElement announced, string text)
    {
        using var nobody = server.Server.Client(credential: null);
        return await nobody.CodeAsync(HttpMethod.Put, announced.UrlOf("uploadRequest"), new StringContent(text));
    }

    /// <summary>Downloads the content of a file as the owner.</summary>
    public static Task<string> DownloadAsync(this FeatureServer server, string fileId) =>
        server.Owner.ReadTextAsync($"file/{fileId}/download", "*/*");
}
