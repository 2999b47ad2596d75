using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>
/// The parsed body of an upload, as a parameter of a handler: a file, or JSON with the address of a file or the announcement of one.
/// </summary>
/// <param name="File">The received file; null when the body has none.</param>
/// <param name="Name">The original name of the file.</param>
/// <param name="ContentType">The media type that the caller declares.</param>
/// <param name="Asked">The <c>file</c> of a JSON body.</param>
/// <param name="Hash">SHA-256 of the body.</param>
internal sealed record UploadBody(ReceivedFile? File, string? Name, string? ContentType, AttachmentFile? Asked, byte[]? Hash)
    : IHashedBody, IAsyncDisposable
{
    private const string Field = "file";

    /// <summary>The maximum size of a multipart body in addition to the file.</summary>
    private const int FrameBytes = 64 * 1024;

    /// <summary>The maximum number of fields besides the file, which are ignored.</summary>
    private const int MaxFields = 16;
    private const int MaxFieldBytes = 4096;

    /// <summary>The HResult of an IOException that does not come from the operating system, unlike that of a full disk.</summary>
    private const int PlainIoFailure = unchecked((int)0x80131620);

    /// <summary>
    /// Receives the file, if it comes with the request. A caller who may not add it is refused before, because receiving it costs time and
    /// space. The framework finds this method by its name.
    /// </summary>
    /// <exception cref="ApiException">
    /// 400: there is no file; 404: what the file is added to does not exist; 413: the file is too large; 429: the caller may not add that
    /// many bytes.
    /// </exception>
    public static async ValueTask<UploadBody?> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var route = context.GetEndpoint()!.Metadata.GetRequiredMetadata<UploadRoute>();
        var budget = await route.CheckAsync(context);
        return await ReadAsync(
            context, route, services.GetRequiredService<ReceivedFiles>(), services.GetRequiredService<UploadOptions>(), budget,
            context.RequestAborted);
    }

    /// <summary>
    /// The filter of a route with such a body. A received file that was not kept is deleted before the response is sent.
    /// </summary>
    public static async ValueTask<object?> DisposeAfterAsync(EndpointFilterInvocationContext request, EndpointFilterDelegate next)
    {
        await using var body = request.Arguments.OfType<UploadBody>().Single();
        return await next(request);
    }

    /// <param name="context">The request.</param>
    /// <param name="route">The route, which reads a JSON body.</param>
    /// <param name="files">The service that receives files.</param>
    /// <param name="options">The server's limits.</param>
    /// <param name="budget">The limit of the caller, which is checked before anything is read; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <exception cref="ApiException">
    /// 400: there is no file; 413: the file is too large; 429: the caller may not add that many bytes.
    /// </exception>
    private static async Task<UploadBody> ReadAsync(
        HttpContext context, UploadRoute route, ReceivedFiles files, UploadOptions options, IByteBudget? budget, CancellationToken cancellationToken)
    {
        var request = context.Request;
        AllowLargeBody(context, options);
        if (request.HasFormContentType)
            return await ReadFormAsync(request, files, UploadLimit.For(options, budget, request.ContentLength - FrameBytes), options, cancellationToken);
        if (!request.HasJsonContentType() && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false)
        {
            MediaTypes.Require(request.ContentType, "The header Content-Type");
            var file = await files.ReceiveAsync(request.Body, UploadLimit.For(options, budget, request.ContentLength), cancellationToken);
            return new UploadBody(file, Name: null, request.ContentType, Asked: null, file.Hash);
        }

        // The size of a file in a data URL is known only while it is decoded.
        var limit = UploadLimit.For(options, budget, atLeast: null);
        if (request.HasJsonContentType() && await DataUrlBody.TryOpenAsync(request.BodyReader, cancellationToken) is { } data)
        {
            await using (data)
            {
                var file = await files.ReceiveAsync(data, limit, cancellationToken);
                return new UploadBody(file, Name: null, data.ContentType, Asked: null, file.Hash);
            }
        }

        var (asked, hash) = await route.ReadJsonAsync(context, cancellationToken);
        return new UploadBody(File: null, Name: null, ContentType: null, asked ?? throw Required(), hash);
    }

    public ValueTask DisposeAsync() => File?.DisposeAsync() ?? default;

    private static async Task<UploadBody> ReadFormAsync(
        HttpRequest request, ReceivedFiles files, UploadLimit limit, UploadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(
                new FormOptions
                {
                    MultipartBodyLengthLimit = LimitOf(options),
                    ValueCountLimit = MaxFields,
                    ValueLengthLimit = MaxFieldBytes,
                },
                cancellationToken);
            var part = form.Files.GetFile(Field) ?? throw Required();
            MediaTypes.Require(part.ContentType, $"The header Content-Type of \"{Field}\"");
            await using var content = part.OpenReadStream();
            var file = await files.ReceiveAsync(content, limit, cancellationToken);
            return new UploadBody(file, part.FileName, part.ContentType, Asked: null, file.Hash);
        }
        catch (Exception exception) when (exception is InvalidDataException || IsEarlyEnd(exception))
        {
            throw ApiException.BadRequest("The multipart body can't be read");
        }
    }

    /// <summary>Whether the multipart reader reports a body that ends before its last boundary.</summary>
    private static bool IsEarlyEnd(Exception exception) =>
        exception.GetType() == typeof(IOException) && exception.HResult == PlainIoFailure;

    /// <summary>Raises the limit of the body for files.</summary>
    public static void AllowLargeBody(HttpContext context, UploadOptions options) => BodyLimit.Set(context, LimitOf(options));

    /// <summary>Returns the limit for a body with a Base64 file and its frame. The file itself is limited separately.</summary>
    private static long LimitOf(UploadOptions options) => (options.MaxBytes / 3 * 4) + FrameBytes;

    private static ApiException Required() => ApiException.BadRequest($"\"{Field}\" is required");
}
