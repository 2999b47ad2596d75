using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;

namespace ChatBotKit;

/// <summary>
/// A request body that is read from a stream of the caller. The stream is not disposed, and each try starts at the same
/// position.
/// </summary>
internal sealed class StreamUpload(Stream content, long start, long size, IProgress<long>? progress) : HttpContent
{
    /// <summary>The media type of bytes whose type is not known.</summary>
    public const string AnyType = "application/octet-stream";

    private const int BufferSize = 80 * 1024;

    private static readonly Uri AnyAddress = new("http://localhost/");

    /// <summary>Gets the upload request from the answer to an announcement.</summary>
    public static PresignedRequest Target(PresignedRequest? request) => request is not null && IsUsable(request)
        ? request
        : throw new ChatBotKitException("The server returned no valid upload address for the bytes of the file.", ClientErrorCodes.InvalidResponse);

    /// <summary>Uploads announced bytes to the address that the server returned.</summary>
    public static ClientFetchOptions Put(
        PresignedRequest target, Stream content, long size, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var start = content.CanSeek ? content.Position : 0;
        return new ClientFetchOptions
        {
            Method = HttpMethod.Parse(target.Method),
            External = true,
            Headers = target.Headers,
            Content = () => new StreamUpload(content, start, size, progress),
            // A stream that cannot seek cannot be sent again.
            Retries = content.CanSeek ? null : 0,
            CancellationToken = cancellationToken,
        };
    }

    /// <summary>Creates a form body with a file that is in memory.</summary>
    public static ClientFetchOptions Form(
        ReadOnlyMemory<byte> content, string name, string? type, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new ClientFetchOptions { Content = CreateForm, CancellationToken = cancellationToken };

        MultipartFormDataContent CreateForm()
        {
            var part = new StreamUpload(StreamOf(content), start: 0, content.Length, progress);
            part.Headers.ContentType = MediaTypeHeaderValue.Parse(type ?? AnyType);
            return new MultipartFormDataContent { { part, "file", name } };
        }
    }

    public static FileStream OpenFile(string path) =>
        new(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });

    private static bool IsUsable(PresignedRequest request) =>
        Uri.TryCreate(AnyAddress, request.Url, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && request.Method is { Length: > 0 } method && method.All(char.IsAsciiLetter)
        && request.Headers?.Values.All(value => !value.AsSpan().ContainsAnyExceptInRange(' ', '~')) != false;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (content.CanSeek)
            content.Position = start;
        return progress is null ? content.CopyToAsync(stream, cancellationToken) : CopyAsync(stream, progress, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    private async Task CopyAsync(Stream destination, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long sent = 0;
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                progress.Report(sent += count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
