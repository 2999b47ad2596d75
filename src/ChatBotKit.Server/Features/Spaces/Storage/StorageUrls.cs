using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>The signed addresses of files of spaces.</summary>
internal sealed class StorageUrls(SignedUrls urls)
{
    private const string Upload = "space-put";
    private const string Download = "space-get";

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="content">The announced content.</param>
    public PresignedRequest ToUpload(HttpContext context, ContentRow content) => urls.ToUpload(
        context, $"/space/{content.ResourceId}/storage/content/{content.Id}", Upload, content.Id, content.ContentType);

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path of the file.</param>
    public string ToDownload(HttpContext context, string spaceId, string path) => urls.ToDownload(
        context, $"/space/{spaceId}/storage/download/{SpacePath.Escape(path)}", Download, SubjectOf(spaceId, path)).Url;

    /// <param name="server">The address of the server, without a slash at the end.</param>
    /// <param name="sessionId">The session with which the address ends; null for none.</param>
    /// <param name="spaceId">The id of the space.</param>
    /// <param name="path">The path of the file.</param>
    public string ToDownload(string server, string? sessionId, string spaceId, string path) => urls.AddressOf(
        server, sessionId, $"/space/{spaceId}/storage/download/{SpacePath.Escape(path)}", Download, SubjectOf(spaceId, path));

    /// <summary>Whether the token in the address is valid for this announced content.</summary>
    public async ValueTask<bool> AllowsUploadAsync(HttpContext context, string? token, string contentId) =>
        await urls.SubjectOfAsync(context, token, Upload) == contentId;

    /// <summary>Whether the token in the address is valid for this file.</summary>
    public async ValueTask<bool> AllowsDownloadAsync(HttpContext context, string? token, string spaceId, string path) =>
        await urls.SubjectOfAsync(context, token, Download) == SubjectOf(spaceId, path);

    /// <summary>Returns a short name of the file. The path itself can be long, and have spaces.</summary>
    private static string SubjectOf(string spaceId, string path) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{spaceId}/{path}")));
}
