using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Uploads;

/// <summary>Receives the files of requests, and fetches those of which a request has the address.</summary>
internal sealed class UploadReceiver(ReceivedFiles files, RemoteFiles remote, UploadOptions options)
{
    /// <summary>Returns the file of a request. The caller disposes it.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="budget">The limit of the caller; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the fetching.</param>
    /// <exception cref="ApiException">
    /// 400: the file can't be fetched, or its description is invalid; 413: the file is too large; 429: the caller may not add that many
    /// bytes.
    /// </exception>
    public async Task<Upload> ReceiveAsync(UploadBody body, IByteBudget? budget, CancellationToken cancellationToken) => body switch
    {
        { File: { } file } => Upload.Of(file, body.Name, body.ContentType),
        { Asked.Description: { } description } => Announced(description),
        _ => await FetchAsync(body.Asked!.Url!, budget, cancellationToken),
    };

    /// <summary>Receives the bytes of an announced file, at most as many as were announced.</summary>
    /// <exception cref="ApiException">413: the file is larger than announced.</exception>
    public Task<ReceivedFile> ReceiveAnnouncedAsync(HttpRequest request, long size, CancellationToken cancellationToken)
    {
        UploadBody.AllowLargeBody(request.HttpContext, options);
        return files.ReceiveAsync(request.Body, UploadLimit.Of(Math.Min(size, options.MaxBytes)), cancellationToken);
    }

    /// <summary>Fetches the file at an address, or takes that of a data URL. The caller disposes it.</summary>
    /// <exception cref="ApiException">
    /// 400: the file can't be fetched; 413: the file is too large; 429: the caller may not add that many bytes.
    /// </exception>
    public async Task<Upload> FetchAsync(string url, IByteBudget? budget, CancellationToken cancellationToken)
    {
        var limit = UploadLimit.For(options, budget, atLeast: null);
        if (DataUrl.Is(url))
        {
            var data = DataUrl.Parse(url);
            using var content = new MemoryStream(data.Bytes);
            return Upload.Of(await files.ReceiveAsync(content, limit, cancellationToken), name: null, data.ContentType);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw ApiException.BadRequest("\"file\" must be a http, https or data URL");
        var fetched = await remote.FetchAsync(address, limit, cancellationToken);
        return Upload.Of(fetched.File, fetched.Name, fetched.ContentType);
    }

    private Upload Announced(AttachmentFileDescription description)
    {
        var faults = new Faults();
        faults.CheckMediaType(description.Type, "\"file.type\"");
        if (description.Size <= 0)
            faults.Add("\"file.size\" must be above 0");
        faults.ThrowIfAny();
        if (description.Size > options.MaxBytes)
            throw ReceivedFiles.TooLarge(options.MaxBytes);
        return Upload.Of(file: null, description.Name, description.Type, description.Size);
    }
}

/// <summary>The file of a request.</summary>
/// <param name="File">The bytes; null when the file is only announced.</param>
/// <param name="Name">The name that the caller gave it; null when there is none.</param>
/// <param name="ContentType">The media type without parameters.</param>
/// <param name="Size">The size in bytes, or the announced size.</param>
internal sealed record Upload(ReceivedFile? File, string? Name, string ContentType, long Size) : IAsyncDisposable
{
    public static Upload Of(ReceivedFile file, string? name, string? contentType) => Of(file, name, contentType, file.Size);

    public static Upload Of(ReceivedFile? file, string? name, string? contentType, long size)
    {
        var original = FileNames.OriginalOf(name);
        return new Upload(file, original, FileNames.TypeOf(contentType, original), size);
    }

    public ValueTask DisposeAsync() => File?.DisposeAsync() ?? default;
}
