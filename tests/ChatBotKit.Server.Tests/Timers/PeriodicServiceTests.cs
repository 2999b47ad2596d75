using System.Threading.Channels;
using ChatBotKit.Server.Timers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.Timers;

public sealed class PeriodicServiceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_ThatFails_IsDoneAgainAfterTheInterval()
    {
        using var service = new FailingService(_time);
        await service.StartAsync(Token);

        for (var turn = 1; turn <= 3; turn++)
        {
            _time.Advance(Interval);
            Assert.Equal(turn, await service.Turns.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(120), Token));
        }

        // A service that throws ends and stops the server.
        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(Token);
    }

    [Fact]
    public async Task Work_WhileTheServiceIsDisposed_EndsWithoutAFailure()
    {
        var service = new WaitingService(_time);
        await service.StartAsync(Token);
        _time.Advance(Interval);
        await service.Begun.WaitAsync(TimeSpan.FromSeconds(120), Token);

        service.Dispose();

        await service.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(120), Token);
    }

    private sealed class WaitingService(TimeProvider time) : PeriodicService(Interval, time, NullLogger.Instance)
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        protected override Task WorkAsync(CancellationToken stoppingToken)
        {
            _begun.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
        }
    }

    private sealed class FailingService(TimeProvider time) : PeriodicService(Interval, time, NullLogger.Instance)
    {
        private readonly Channel<int> _turns = Channel.CreateUnbounded<int>();
        private int _turn;

        public ChannelReader<int> Turns => _turns.Reader;

        protected override Task WorkAsync(CancellationToken stoppingToken)
        {
            _turns.Writer.TryWrite(++_turn);
            throw new InvalidOperationException("This work fails.");
        }
    }
}
