using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Files;

/// <summary>The signed addresses of files.</summary>
internal sealed class FileUrls(SignedUrls urls)
{
    private const string Upload = "file-put";
    private const string Download = "file-get";

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="content">The announced content.</param>
    public PresignedRequest ToUpload(HttpContext context, ContentRow content) =>
        urls.ToUpload(context, $"/file/{content.ResourceId}/content", Upload, content.Id, content.ContentType);

    /// <param name="context">The request whose caller gets the address.</param>
    /// <param name="fileId">The id of the file.</param>
    public PresignedRequest ToDownload(HttpContext context, string fileId) =>
        urls.ToDownload(context, $"/file/{fileId}/download", Download, fileId);

    /// <summary>Returns the id of the announced content that the token in the address is for; null when it is not valid.</summary>
    public ValueTask<string?> AnnouncedAsync(HttpContext context, string? token) => urls.SubjectOfAsync(context, token, Upload);

    /// <summary>Whether the token in the address is valid for this file.</summary>
    public async ValueTask<bool> AllowsDownloadAsync(HttpContext context, string? token, string fileId) =>
        await urls.SubjectOfAsync(context, token, Download) == fileId;
}
