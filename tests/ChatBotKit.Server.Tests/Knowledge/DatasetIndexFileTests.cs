using ChatBotKit.Server.Knowledge;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class DatasetIndexFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-index-").FullName;

    private string FilePath => Path.Combine(_directory, "dataset.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Open_NewFile_IsEmpty()
    {
        using var index = DatasetIndex.Open(Path.Combine(_directory, "not", "yet", "there.db"));

        Assert.Equal(0, index.LastChange);
        Assert.Empty(index.Search("bicycle", 5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(5_000)]
    public void Open_FileThatWasCut_IsMadeNew(int length)
    {
        Fill();
        using (var file = File.OpenWrite(FilePath))
            file.SetLength(length);

        AssertIsNew();
    }

    [Fact]
    public void Open_OtherFile_IsMadeNew()
    {
        File.WriteAllText(FilePath, string.Concat(Enumerable.Repeat("no database ", 1_000)));

        AssertIsNew();
    }

    [Fact]
    public void Open_FileOfAnotherFormat_IsMadeNew()
    {
        Fill();
        Execute("PRAGMA user_version = 0");

        AssertIsNew();
    }

    [Fact]
    public void Open_FileWithoutATable_IsMadeNew()
    {
        Fill();
        Execute("DROP TABLE Passages");

        AssertIsNew();
    }

    [Fact]
    public void SearchAndApply_AnyDamagedPage_WorkOrSayThatTheFileIsDamaged()
    {
        Fill();
        var whole = File.ReadAllBytes(FilePath);
        var damaged = 0;
        for (var start = 0; start < whole.Length; start += 4096)
        {
            var bytes = (byte[])whole.Clone();
            new Random(start).NextBytes(bytes.AsSpan(start, 4096));
            File.WriteAllBytes(FilePath, bytes);
            if (!IsUsable())
                damaged++;
            // In any case the next index works.
            using var index = DatasetIndex.Open(FilePath);
            DatasetIndex.Delete(FilePath + "-none");
        }

        Assert.True(damaged > 0);
    }

    [Fact]
    public void Dispose_AfterDamage_DeletesTheFile()
    {
        Fill();
        using (var index = DatasetIndex.Open(FilePath))
        {
            Execute("DROP TABLE Passages");
            Assert.Throws<DamagedIndexException>(() => index.Search("bicycle", 5));
        }

        Assert.Empty(Directory.GetFiles(_directory));
        AssertIsNew();
    }

    [Fact]
    public void Apply_ThatFails_LeavesTheStateBefore()
    {
        Fill();
        using var index = DatasetIndex.Open(FilePath);

        Assert.ThrowsAny<Exception>(() => index.Apply([new("new", "", "unicorn"), null!], ["r1"], 9));

        Assert.Equal(1, index.LastChange);
        Assert.Empty(index.Search("unicorn", 5));
        Assert.Equal(["r1"], index.Search("word1", 5).Select(record => record.Id));
        index.Apply([new("new", "", "unicorn")], [], 10);
        Assert.Single(index.Search("unicorn", 5));
    }

    [Fact]
    public async Task Search_WhileChangesAreStored_SeesWholeChanges()
    {
        using var index = DatasetIndex.Open(FilePath);
        index.Apply(Pair("first"), [], 1);
        using var stop = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                var count = 0;
                for (var isOver = false; !isOver; count++)
                {
                    isOver = stop.IsCancellationRequested;
                    var found = index.Search("bicycle", 10);
                    Assert.Equal(["a", "b"], found.Select(record => record.Id).Order());
                    Assert.Single(found.Select(record => record.Passages[0].Length).Distinct());
                }

                return count;
            },
            TestContext.Current.CancellationToken)).ToList();

        for (var change = 2; change < 100; change++)
            index.Apply(Pair(new string('x', change)), [], change);
        index.Optimize();
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(searches), count => Assert.True(count > 0));

        static IndexedRecord[] Pair(string word) => [new("a", "", $"bicycle {word}"), new("b", "", $"bicycle {word}")];
    }

    [Fact]
    public void Search_AfterDispose_SaysSo()
    {
        var index = DatasetIndex.Open(FilePath);
        index.Dispose();
        index.Dispose();

        Assert.Throws<ObjectDisposedException>(() => index.Search("bicycle", 1));
        Assert.Throws<ObjectDisposedException>(() => index.Apply([], [], 1));
    }

    [Fact]
    public void Open_CopyOfAFileInUse_HoldsAWholeOlderState()
    {
        using var index = DatasetIndex.Open(FilePath);
        index.Apply([new("a", "", "bicycle")], [], 1);
        index.Apply([new("b", "", "bicycle")], [], 2);
        // A process that is killed leaves the files as they are at that moment.
        var copy = Path.Combine(_directory, "copy.db");
        foreach (var suffix in new[] { "", "-wal" })
            File.Copy(FilePath + suffix, copy + suffix);

        using var reopened = DatasetIndex.Open(copy);

        Assert.Equal(2, reopened.LastChange);
        Assert.Equal(2, reopened.Search("bicycle", 5).Count);
    }

    private bool IsUsable()
    {
        using var index = DatasetIndex.Open(FilePath);
        try
        {
            for (var number = 0; number < 100; number += 9)
                index.Search($"word{number} Wasserversorgung bicycle", 5);
            index.Apply([new("r5", "", "replaced")], ["r7"], 2);
            return index.LastChange == 2 && index.Search("bicycle", 200).Count == 98;
        }
        catch (DamagedIndexException)
        {
            return false;
        }
    }

    private void AssertIsNew()
    {
        using var index = DatasetIndex.Open(FilePath);
        Assert.Equal(0, index.LastChange);
        Assert.Empty(index.Search("bicycle", 5));
        index.Apply([new("a", "", "bicycle")], [], 3);
        Assert.Equal("a", Assert.Single(index.Search("bicycle", 5)).Id);
    }

    private void Fill()
    {
        using var index = DatasetIndex.Open(FilePath);
        index.Apply(
            [.. Enumerable.Range(0, 100).Select(number => new IndexedRecord($"r{number}", "", $"bicycle word{number} Versorgung mit Wasser und Strom im Haus {number}"))],
            [], 1);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
