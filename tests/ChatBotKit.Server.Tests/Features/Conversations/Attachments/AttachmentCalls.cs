using System.Net.Http.Headers;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Helpers that send files.</summary>
internal static class AttachmentCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

    /// <summary>Returns the ids of all blobs, including those of which only a part is stored.</summary>
    public static async Task<List<string>> FilesAsync(this FeatureServer server) =>
        await server.Service<IBlobStore>().ListAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token);

    /// <summary>Waits until there are this many blobs. Due work deletes them after the rows.</summary>
    public static async Task WaitForFilesAsync(this FeatureServer server, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while ((await server.FilesAsync()).Count != count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Returns the blob of an attachment.</summary>
    public static async Task<string> BlobOfAsync(this FeatureServer server, string attachmentId) =>
        (await server.Server.Store.SingleAsync(AttachmentTable.Rows, SqlTable<AttachmentRow>.ById, attachmentId)).BlobId!;
}
