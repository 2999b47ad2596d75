using System.IO.Pipelines;

namespace ChatBotKit;

/// <summary>The open body of a streamed answer.</summary>
internal sealed class LineSource(HttpResponseMessage response, Stream body, FailureSource failureSource) : IDisposable
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 16 * 1024, minimumReadSize: 1024, leaveOpen: true);

    public PipeReader Reader { get; } = PipeReader.Create(body, ReaderOptions);

    public FailureSource FailureSource { get; } = failureSource;

    public string? RunId => Failure.HeaderOf(response, "X-Run-Id");

    public void Dispose()
    {
        Reader.Complete();
        response.Dispose();
    }
}
