using System.Net;

namespace ChatBotKit;

/// <summary>A body that is read from a stream of the caller, who keeps it: each try begins again at the same place.</summary>
internal sealed class StreamUpload(Stream content, long start, long size) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (content.CanSeek)
            content.Position = start;
        return content.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }
}
