using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChatBotKit.Faults.Upstream;

namespace ChatBotKit.Faults.Load;

/// <summary>
/// A model that sends to many streams at the same pace. Once all are open, each gets a token every 50 ms from one thread, evenly
/// distributed over the interval. A token is its number and the time at which it was sent.
/// </summary>
internal sealed class TokenTicker(int streams, int tokens)
{
    public const int TokensPerSecond = 20;

    private const int Phases = 10;

    private static readonly byte[] End = Encoding.UTF8.GetBytes(UpstreamExchange.Finish + "data: [DONE]\n\n");

    private readonly List<UpstreamExchange> _open = [];
    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many streams were open when the first token was sent.</summary>
    public int Open { get; private set; }

    /// <summary>Adds a stream, and completes when all streams have got their last token.</summary>
    public async Task JoinAsync(UpstreamExchange exchange)
    {
        await exchange.BeginAsync();
        lock (_open)
        {
            _open.Add(exchange);
            if (_open.Count == streams)
                new Thread(Run) { IsBackground = true, Name = "Ticker" }.Start();
        }

        await _said.Task;
    }

    private void Run()
    {
        Open = _open.Count;
        var start = Stopwatch.GetTimestamp();
        var step = Stopwatch.Frequency / (TokensPerSecond * Phases);
        for (var tick = 0; tick < tokens * Phases; tick++)
        {
            var wait = start + (tick * step) - Stopwatch.GetTimestamp();
            if (wait > 0)
                Thread.Sleep(TimeSpan.FromSeconds((double)wait / Stopwatch.Frequency));
            SendAll(tick % Phases, tick / Phases);
        }

        foreach (var exchange in _open)
            TrySend(exchange, End);
        _said.SetResult();
    }

    private void SendAll(int phase, int token)
    {
        for (var i = phase; i < _open.Count; i += Phases)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{token} {Stopwatch.GetTimestamp()} ");
            TrySend(_open[i], Encoding.UTF8.GetBytes(UpstreamExchange.Chunk(text)));
        }
    }

    private static void TrySend(UpstreamExchange exchange, byte[] bytes)
    {
        try
        {
            exchange.Send(bytes);
        }
        catch (IOException)
        {
            // The server has closed the stream; its reader will miss the tokens.
        }
    }
}
