namespace ChatBotKit.EndToEnd.Tests;

/// <summary>A connection that breaks: streamed responses fail after this number of bytes.</summary>
internal sealed class CuttingHandler(int afterBytes) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _cuts;

    public int Cuts => _cuts;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/jsonl")
            return response;
        var body = new StreamContent(new CutStream(this, await response.Content.ReadAsStreamAsync(cancellationToken), afterBytes));
        body.Headers.ContentType = response.Content.Headers.ContentType;
        response.Content = body;
        return response;
    }

    private sealed class CutStream(CuttingHandler owner, Stream inner, int left) : Stream
    {
        private int _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
            {
                Interlocked.Increment(ref owner._cuts);
                throw new IOException("The connection was reset.");
            }
            var read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
