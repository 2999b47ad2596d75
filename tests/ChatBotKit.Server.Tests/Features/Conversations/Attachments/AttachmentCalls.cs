using System.Net.Http.Headers;
using System.Text.Json;
using ChatBotKit.Server.Features.Conversations.Attachments;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Helpers that send files.</summary>
internal static class AttachmentCalls
{
    public static async Task<JsonElement> UploadAsync(this HttpClient client, string id, HttpContent content, string type, string? key = null)
    {
        using var answer = await client.SendFileAsync(id, content, type, key);
        return await answer.ReadAsync();
    }

    public static Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string id, HttpContent content, string type, string? key)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return client.SendAsync(HttpMethod.Post, $"conversation/{id}/attachment/upload", content, key: key);
    }

    public static Task<JsonElement> PostFormAsync(this HttpClient client, string id, HttpContent content) =>
        client.ReadAsync(HttpMethod.Post, $"conversation/{id}/attachment/upload", content);

    /// <summary>Returns the files in the directory of the attachments.</summary>
    public static string[] Files(this FeatureServer server)
    {
        var directory = Path.GetDirectoryName(server.Service<AttachmentFiles>().PathOf("x"))!;
        return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
    }
}
