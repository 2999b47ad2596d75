using ChatBotKit.Server.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.Attachments;

/// <summary>
/// What an upload came as: a file in the body, or JSON that says where the file is or that it will come.
/// </summary>
/// <param name="File">The bytes, when they came with the request.</param>
/// <param name="Name">What the file was called.</param>
/// <param name="ContentType">What the caller says it is.</param>
/// <param name="Asked">The JSON's <c>file</c>.</param>
/// <param name="Hash">SHA-256 of what came.</param>
internal sealed record UploadBody(ReceivedFile? File, string? Name, string? ContentType, AttachmentFile? Asked, byte[]? Hash) : IDisposable
{
    private const string Field = "file";

    /// <summary>The result code of an exception that does not come from the system, as a full disk does.</summary>
    private const int PlainIoFailure = unchecked((int)0x80131620);

    /// <exception cref="ApiException">400: no file; 413: too large.</exception>
    public static async Task<UploadBody> ReadAsync(
        HttpContext context, AttachmentFiles files, AttachmentOptions options, CancellationToken cancellationToken)
    {
        var request = context.Request;
        AllowLargeBody(context, options);
        if (request.HasFormContentType)
            return await ReadFormAsync(request, files, options, cancellationToken);
        if (!request.HasJsonContentType() && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false)
        {
            var file = await files.ReceiveAsync(request.Body, cancellationToken);
            return new UploadBody(file, Name: null, request.ContentType, Asked: null, file.Hash);
        }

        var body = await JsonBodyReader.ReadAsync<AttachmentUploadRequest>(context, cancellationToken);
        return new UploadBody(File: null, Name: null, ContentType: null, body.Value.File ?? throw Required(), body.Hash);
    }

    public void Dispose() => File?.Dispose();

    private static async Task<UploadBody> ReadFormAsync(
        HttpRequest request, AttachmentFiles files, AttachmentOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = LimitOf(options) }, cancellationToken);
            var part = form.Files.GetFile(Field) ?? throw Required();
            await using var content = part.OpenReadStream();
            var file = await files.ReceiveAsync(content, cancellationToken);
            return new UploadBody(file, part.FileName, part.ContentType, Asked: null, file.Hash);
        }
        catch (Exception exception) when (exception is InvalidDataException || IsEarlyEnd(exception))
        {
            throw ApiException.BadRequest("The multipart body can't be read");
        }
    }

    /// <summary>The reader's way of telling that the body ended before its last boundary came.</summary>
    private static bool IsEarlyEnd(Exception exception) =>
        exception.GetType() == typeof(IOException) && exception.HResult == PlainIoFailure;

    /// <summary>Files may be larger than other bodies.</summary>
    public static void AllowLargeBody(HttpContext context, AttachmentOptions options) => BodyLimit.Set(context, LimitOf(options));

    /// <summary>Room for the file in Base64 with a frame around it; the file itself is measured apart.</summary>
    private static long LimitOf(AttachmentOptions options) => options.MaxBytes / 3 * 4 + 64 * 1024;

    private static ApiException Required() => ApiException.BadRequest($"\"{Field}\" is required");
}
