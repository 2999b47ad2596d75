using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http.Features;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>
/// What an upload came as, as a parameter of a handler: a file in the body, or JSON that says where the file is or that it will come.
/// </summary>
/// <param name="File">The bytes, when they came with the request.</param>
/// <param name="Name">What the file was called.</param>
/// <param name="ContentType">What the caller says it is.</param>
/// <param name="Asked">The JSON's <c>file</c>.</param>
/// <param name="Hash">SHA-256 of what came.</param>
internal sealed record UploadBody(ReceivedFile? File, string? Name, string? ContentType, AttachmentFile? Asked, byte[]? Hash)
    : IHashedBody, IDisposable
{
    private const string Field = "file";

    /// <summary>What may stand around a file in a multipart body.</summary>
    private const int FrameBytes = 64 * 1024;

    /// <summary>Fields besides the file are not looked at.</summary>
    private const int MaxFields = 16;
    private const int MaxFieldBytes = 4096;

    /// <summary>The result code of an exception that does not come from the system, as a full disk does.</summary>
    private const int PlainIoFailure = unchecked((int)0x80131620);

    /// <summary>
    /// Receives the file, if it comes with the request. A caller who may not add it is refused before: to receive it costs time and space.
    /// </summary>
    /// <remarks>Called by the framework, which finds it by name.</remarks>
    /// <exception cref="ApiException">400: no file; 404: no such conversation; 413: too large; 429: more than the session may add.</exception>
    public static async ValueTask<UploadBody?> BindAsync(HttpContext context)
    {
        var (services, caller) = (context.RequestServices, context.Caller());
        await services.GetRequiredService<ConversationAccess>().GetAsync(context.PathValue("conversationId"), caller, context.RequestAborted);
        // What was answered before costs nothing, so a repeated request is not asked for room.
        var budget = await services.GetRequiredService<Idempotency>().IsAnsweredAsync(context)
            ? null
            : services.GetRequiredService<SessionBudgets>().Find(caller.Session?.Id);
        return await ReadAsync(
            context, services.GetRequiredService<AttachmentFiles>(), services.GetRequiredService<AttachmentOptions>(), budget, context.RequestAborted);
    }

    /// <summary>The filter of a route that takes such a body: bytes that became nobody's are deleted before the answer goes out.</summary>
    public static async ValueTask<object?> DisposeAfterAsync(EndpointFilterInvocationContext request, EndpointFilterDelegate next)
    {
        using var body = request.Arguments.OfType<UploadBody>().Single();
        return await next(request);
    }

    /// <param name="context">The request.</param>
    /// <param name="files">Where the bytes go.</param>
    /// <param name="options">The server's own bounds.</param>
    /// <param name="budget">The session's limits; null for none. They are asked before anything is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">400: no file; 413: too large; 429: larger than what the session may add.</exception>
    private static async Task<UploadBody> ReadAsync(
        HttpContext context, AttachmentFiles files, AttachmentOptions options, SessionBudget? budget, CancellationToken cancellationToken)
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

        // How long the file in a data URL is shows while it is decoded.
        var limit = UploadLimit.For(options, budget, atLeast: null);
        if (request.HasJsonContentType() && await DataUrlBody.TryOpenAsync(request.BodyReader, cancellationToken) is { } data)
        {
            await using (data)
            {
                var file = await files.ReceiveAsync(data, limit, cancellationToken);
                return new UploadBody(file, Name: null, data.ContentType, Asked: null, file.Hash);
            }
        }

        var body = await JsonBodyReader.ReadAsync<AttachmentUploadRequest>(
            context, context.RequestServices.GetRequiredService<BodyOptions>().MaxBodyBytes, cancellationToken);
        return new UploadBody(File: null, Name: null, ContentType: null, body.Value.File ?? throw Required(), body.Hash);
    }

    public void Dispose() => File?.Dispose();

    private static async Task<UploadBody> ReadFormAsync(
        HttpRequest request, AttachmentFiles files, UploadLimit limit, AttachmentOptions options, CancellationToken cancellationToken)
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

    /// <summary>The reader's way of telling that the body ended before its last boundary came.</summary>
    private static bool IsEarlyEnd(Exception exception) =>
        exception.GetType() == typeof(IOException) && exception.HResult == PlainIoFailure;

    /// <summary>Files may be larger than other bodies.</summary>
    public static void AllowLargeBody(HttpContext context, AttachmentOptions options) => BodyLimit.Set(context, LimitOf(options));

    /// <summary>Room for the file in Base64 with a frame around it; the file itself is measured apart.</summary>
    private static long LimitOf(AttachmentOptions options) => (options.MaxBytes / 3 * 4) + FrameBytes;

    private static ApiException Required() => ApiException.BadRequest($"\"{Field}\" is required");
}
