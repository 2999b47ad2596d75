using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatBotKit.Server.Features.Conversations.Attachments;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Helpers that send files.</summary>
internal static class AttachmentCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> UploadAsync(this HttpClient client, string id, HttpContent content, string type, string? key = null)
    {
        using var response = await client.SendFileAsync(id, content, type, key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
    }

    public static Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string id, HttpContent content, string type, string? key)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/conversation/{id}/attachment/upload", UriKind.Relative)) { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Token);
    }

    public static async Task<JsonElement> PostFormAsync(this HttpClient client, string id, HttpContent content)
    {
        using var response = await client.PostAsync(new Uri($"/api/v1/conversation/{id}/attachment/upload", UriKind.Relative), content, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    /// <summary>Returns the files in the directory of the attachments.</summary>
    public static string[] Files(this FeatureServer server)
    {
        var directory = Path.GetDirectoryName(server.Service<AttachmentFiles>().PathOf("x"))!;
        return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
    }
}
