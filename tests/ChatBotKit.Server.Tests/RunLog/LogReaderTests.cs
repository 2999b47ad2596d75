using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Server.Tests.RunLog;

public sealed class LogReaderTests : LogTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    public async Task Read_FromTheMiddleOfABatch_StartsAtExactlyTheNextLine(int after, int first)
    {
        var log = Log(new GatedStore(isOpen: true));
        for (var i = 1; i <= 6; i++)
            Say(log, $"t{i}");
        await log.FlushAsync();
        log.Complete();

        using var reader = Reader(log, after);
        Assert.Equal(Enumerable.Range(first, 6 - first + 1).Select(i => (long)i), (await ReadAsync(reader)).Select(NumberOf));
    }

    [Fact]
    public async Task Read_SeveralAtDifferentPlaces_EachGetsItsOwnRest()
    {
        var log = Log(new GatedStore(isOpen: true));
        foreach (var text in new[] { "a", "b", "c", "d" })
        {
            Say(log, text);
            await log.FlushAsync();
        }
        LogReader[] readers = [Reader(log), Reader(log, 2), Reader(log, 4)];
        var reading = readers.Select(reader => ReadAsync(reader)).ToArray();
        Say(log, "e");
        log.Complete();

        Assert.Equal("abcde", string.Concat((await reading[0]).Select(TextOf)));
        Assert.Equal("cde", string.Concat((await reading[1]).Select(TextOf)));
        Assert.Equal("e", string.Concat((await reading[2]).Select(TextOf)));
        Array.ForEach(readers, reader => reader.Dispose());
    }

    [Fact]
    public async Task Read_WindowDropped_GoesToTheStoreAndBack()
    {
        var store = new GatedStore(isOpen: true);
        var log = Log(store);
        for (var i = 0; i < 20; i++)
        {
            Say(log, i + new string('x', 64 * 1024));
            await log.FlushAsync();
        }
        using var reader = Reader(log, after: 1);
        Assert.Equal(LogRead.Lines, await NextAsync(reader));
        Assert.Equal((2L, 1), (reader.Current.First, store.LogReads));
        var reading = ReadAsync(reader);
        Say(log, "last");
        log.Complete();

        var numbers = (await reading).Select(NumberOf).ToList();
        Assert.Equal(Enumerable.Range(3, 19).Select(i => (long)i), numbers);
    }

    [Fact]
    public async Task Read_OnlyTheStoreHasIt_EndsWithTheLastStoredLine()
    {
        var store = new GatedStore(isOpen: true);
        var log = Log(store);
        for (var i = 0; i < 10; i++)
        {
            Say(log, new string('x', 100 * 1024));
            await log.FlushAsync();
        }
        using var reader = new LogReader(null, store, "log-1", after: 3, Clock);
        Assert.Equal(Enumerable.Range(4, 7).Select(i => (long)i), (await ReadAsync(reader)).Select(NumberOf));
        Assert.Equal(LogRead.End, await NextAsync(reader));
    }

    [Fact]
    public async Task Read_AfterMoreThanThereIs_WaitsForTheEnd()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log, after: 100);
        var reading = NextAsync(reader);
        Say(log, "one");
        await log.FlushAsync();
        Assert.False(reading.IsCompleted);
        log.Complete();
        Assert.Equal(LogRead.End, await reading);
    }

    [Fact]
    public async Task Read_NothingForAWhile_GivesAHeartbeatAndThenTheLines()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log, heartbeat: TimeSpan.FromSeconds(10));
        var reading = NextAsync(reader);
        Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(reading.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(LogRead.Heartbeat, await reading);

        reading = NextAsync(reader);
        Say(log, "one");
        await log.FlushAsync();
        Assert.Equal(LogRead.Lines, await reading);
    }

    [Fact]
    public async Task Read_AfterTheTimeForAHeartbeatPassed_GivesItOnce()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log, heartbeat: TimeSpan.FromSeconds(10));
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(LogRead.Heartbeat, await NextAsync(reader));
        Assert.False(NextAsync(reader).IsCompleted);
    }

    [Fact]
    public async Task Read_AfterTheTimeForAHeartbeatPassed_GivesLinesWithoutIt()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log, heartbeat: TimeSpan.FromSeconds(10));
        Say(log, "one");
        await log.FlushAsync();
        Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(LogRead.Lines, await NextAsync(reader));
        Assert.False(NextAsync(reader).IsCompleted);
    }

    [Fact]
    public async Task Read_Stopped_SaysSo_WhetherItWaitsOrNot()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var waits = Reader(log);
        var waiting = waits.ReadAsync(Cancellation).AsTask();
        waits.Stop();
        using var comes = Reader(log);
        comes.Stop();

        Assert.Equal(LogRead.Stopped, await waiting.WaitAsync(Patience, Cancellation));
        Assert.Equal(LogRead.Stopped, await comes.ReadAsync(Cancellation));
    }

    [Fact]
    public async Task TryRead_Stopped_GivesNoLineThatIsAtHand()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log);
        Say(log, "late");
        await log.FlushAsync();
        reader.Stop();

        Assert.False(reader.TryRead());
    }

    [Fact]
    public async Task Read_StoppedAtAnyMoment_NeverWaitsForEver()
    {
        var log = Log(new GatedStore(isOpen: true));
        for (var i = 0; i < 2000; i++)
        {
            using var reader = Reader(log);
            var reading = Task.Run(async () => await reader.ReadAsync(Cancellation), Cancellation);
            reader.Stop();

            Assert.Equal(LogRead.Stopped, await reading.WaitAsync(Patience, Cancellation));
        }
    }

    [Fact]
    public async Task Read_Cancelled_ThrowsAndCanBeCalledAgain()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log);
        using var cancel = new CancellationTokenSource();
        var reading = reader.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Patience, Cancellation));

        Say(log, "one");
        log.Complete();
        Assert.Equal(["one"], (await ReadAsync(reader)).Select(TextOf));
    }

    [Fact]
    public async Task Read_DisposedWhileOthersWait_LeavesTheOthersAlone()
    {
        var log = Log(new GatedStore(isOpen: true));
        using var stays = Reader(log);
        var reading = ReadAsync(stays);
        using (var goes = Reader(log))
            Assert.False(goes.TryRead());
        Say(log, "one");
        log.Complete();
        Assert.Equal(["one"], (await reading).Select(TextOf));
    }

    [Fact]
    public async Task Read_ManyReaders_AllGetEverything()
    {
        var log = Log(new GatedStore(isOpen: true));
        var readers = Enumerable.Range(0, 500).Select(_ => Reader(log)).ToList();
        var reading = readers.Select(reader => ReadAsync(reader)).ToList();
        for (var i = 1; i <= 50; i++)
        {
            Say(log, ".");
            log.Flush();
        }
        log.Complete();

        foreach (var lines in await Task.WhenAll(reading))
            Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), lines.Select(NumberOf));
        readers.ForEach(reader => reader.Dispose());
    }

    [Fact]
    public async Task Read_WriterHeartbeatAndCancellationRacing_LosesNoWakeUp()
    {
        const int Rounds = 300;
        for (var round = 0; round < Rounds; round++)
        {
            var log = Log(new GatedStore(isOpen: true));
            using var reader = Reader(log, heartbeat: TimeSpan.FromSeconds(1));
            var writing = Task.Run(
                () =>
                {
                    for (var i = 0; i < 20; i++)
                    {
                        Say(log, ".");
                        log.Flush();
                    }
                    log.Complete();
                },
                Cancellation);
            var ticking = Task.Run(() => Clock.Advance(TimeSpan.FromSeconds(1)), Cancellation);

            var numbers = new List<long>();
            for (var read = LogRead.Heartbeat; read != LogRead.End;)
            {
                read = await NextAsync(reader);
                if (read == LogRead.Lines)
                    numbers.AddRange(Lines(reader.Current).Select(NumberOf));
            }
            Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), numbers);
            await Task.WhenAll(writing, ticking);
        }
    }

    [Fact]
    public async Task Read_HeartbeatsFallDueWhileTheWriterWakes_BeginsNoWaitThatAnotherWakeEnds()
    {
        const int Events = 200_000;
        var log = Log(new GatedStore(isOpen: true));
        using var reader = Reader(log, heartbeat: TimeSpan.FromSeconds(1));
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < Events; i++)
                {
                    Say(log, ".");
                    log.Flush();
                }
                log.Complete();
            },
            Cancellation);
        var ticking = Task.Run(
            () =>
            {
                while (!writing.IsCompleted)
                    Clock.Advance(TimeSpan.FromSeconds(1));
            },
            Cancellation);

        var last = 0L;
        for (var read = LogRead.Heartbeat; read != LogRead.End;)
        {
            read = await NextAsync(reader);
            if (read != LogRead.Lines)
                continue;
            Assert.Equal(last + 1, reader.Current.First);
            last = reader.Current.Last;
        }
        Assert.Equal(Events, last);
        await Task.WhenAll(writing, ticking);
    }
}
