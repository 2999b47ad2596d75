using ChatBotKit.Server.Knowledge;
using CsCheck;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class DatasetIndexTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-index-").FullName;

    private string FilePath => Path.Combine(_directory, "knowledge", "dataset.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Search_StoredRecords_GivesTheBestFirst()
    {
        using var index = Filled(
            new("one", "", "A bicycle has wheels, and so has many another thing that people ride, drive, push or pull."),
            new("two", "", "Bicycle repair: we repair every bicycle."),
            new("three", "", "Nothing of the kind."));

        Assert.Equal(["two", "one"], Ids(index, "bicycle repair"));
        Assert.Equal(["two"], Ids(index, "bicycle repair", take: 1));
        Assert.Empty(index.Search("bicycle repair", 0));
        Assert.Empty(index.Search("unicorns", 5));
    }

    [Fact]
    public void Search_WordInATitle_CountsMoreThanInTheText()
    {
        using var index = Filled(
            new("text", "Times", "The delivery takes three days."),
            new("title", "Delivery", "The parcel takes three days."));

        Assert.Equal(["title", "text"], Ids(index, "delivery"));
    }

    [Fact]
    public void Apply_RecordThatExists_ReplacesIt()
    {
        using var index = Filled(new("a", "Old title", "old words"), new("b", "", "further lines"));

        index.Apply([new("a", "New title", "new text")], [], 2);

        Assert.Empty(Ids(index, "old"));
        Assert.Equal(["a"], Ids(index, "title new"));
        Assert.Equal(["b"], Ids(index, "further"));
        Assert.Equal(2, index.LastChange);
    }

    [Fact]
    public void Apply_RemovedRecord_IsFoundNoMore()
    {
        using var index = Filled(new("a", "", "ein langer Text über Wasserschäden und Versicherungen im Haus"), new("b", "", "noch ein Wasserschaden"));

        index.Apply([], ["a", "unknown"], 7);

        Assert.Equal(["b"], Ids(index, "Wasserschaden"));
        Assert.Equal(7, index.LastChange);
    }

    [Fact]
    public void Apply_SameIdTwice_KeepsTheLast()
    {
        using var index = Filled(new("a", "", "first"), new("a", "", "second"));

        Assert.Empty(Ids(index, "first"));
        Assert.Equal(["a"], Ids(index, "second"));
    }

    [Fact]
    public void Apply_ManyReplacements_ReuseTheRows()
    {
        using var index = Filled();

        for (var change = 1; change <= 50; change++)
            index.Apply([new("a", "", $"word{change} text"), new($"b{change}", "", "text")], [$"b{change - 1}"], change);

        Assert.Equal(["a"], Ids(index, "word50"));
        Assert.Empty(Ids(index, "word49"));
        Assert.Equal(["a", "b50"], Ids(index, "text").Order());
    }

    [Fact]
    public void Open_FileThatWasClosed_KeepsRecordsAndLastChange()
    {
        using (Filled(new IndexedRecord("a", "", "bicycle")))
        {
        }

        using var index = DatasetIndex.Open(FilePath);

        Assert.Equal(1, index.LastChange);
        Assert.Equal(["a"], Ids(index, "bicycles"));
        index.Apply([new("b", "", "bicycle")], [], 2);
        Assert.Equal(["a", "b"], Ids(index, "bicycles").Order());
    }

    [Fact]
    public void Optimize_AfterChanges_KeepsWhatIsFound()
    {
        using var index = Filled([.. Enumerable.Range(0, 300).Select(number => new IndexedRecord($"r{number}", "", $"word{number} common"))]);
        index.Apply([], [.. Enumerable.Range(0, 200).Select(number => $"r{number}")], 2);

        index.Optimize();

        Assert.Equal(100, index.Search("common", 1_000).Count);
        Assert.Equal(["r250"], Ids(index, "word250"));
        Assert.Empty(Ids(index, "word100"));
    }

    [Fact]
    public void Search_Filter_IsAppliedBeforeTheLimit()
    {
        using var index = Filled([.. Enumerable.Range(0, 40).Select(number => new IndexedRecord($"r{number}", "", "bicycle"))]);

        var found = index.Search("bicycle", 3, id => id is "r37" or "r39");

        Assert.Equal(["r37", "r39"], found.Select(record => record.Id).Order());
    }

    [Fact]
    public void Search_LongRecord_GivesThePassagesThatMatch()
    {
        var filler = string.Concat(Enumerable.Repeat("Nothing of interest is said in this long sentence of the manual.\n\n", 100));
        var text = filler + "The brake fluid is red.\n\n" + filler;
        using var index = Filled(new IndexedRecord("manual", "Manual", text), new IndexedRecord("other", "", "Something else."));

        var record = Assert.Single(index.Search("brake fluid", 5));

        var passage = Assert.Single(record.Passages);
        Assert.Contains("brake fluid", text.Substring(passage.Start, passage.Length), StringComparison.Ordinal);
        Assert.InRange(passage.Length, 1, 1_400);
        Assert.Equal(1, record.Score);
    }

    [Fact]
    public void Search_ShortRecord_IsOnePassage()
    {
        using var index = Filled(new IndexedRecord("a", "", "brake fluid"));

        Assert.Equal([new TextSpan(0, 11)], Assert.Single(index.Search("brake", 1)).Passages);
    }

    [Fact]
    public void Score_IsTheShareOfTheQuestion_InAnySizeOfDataset()
    {
        List<IndexedRecord> records = [new("both", "", "green bicycle"), new("one", "", "bicycle"), .. Fillers(10)];
        using var index = Filled([.. records]);

        var few = Scores(index);
        index.Apply([.. Fillers(2_000)], [], 2);
        var many = Scores(index);

        Assert.Equal(1, few["both"]);
        Assert.InRange(few["one"], 0.3, 0.6);
        Assert.Equal(1, many["both"]);
        Assert.InRange(many["one"], few["one"] - 0.1, few["one"] + 0.1);

        static Dictionary<string, double> Scores(DatasetIndex index) =>
            index.Search("green bicycle", 10).ToDictionary(record => record.Id, record => record.Score);
    }

    [Fact]
    public void Score_WordThatNoRecordHas_LowersIt()
    {
        using var index = Filled([new("a", "", "bicycle"), .. Fillers(10)]);

        Assert.InRange(Assert.Single(index.Search("bicycle unicorn", 1)).Score, 0.2, 0.6);
    }

    [Fact]
    public void Score_OtherFormOfAWord_CountsByItsParts()
    {
        using var index = Filled(
            new("a", "", "Die Wasserschadenversicherung bezahlt auch die Trocknung der Wände nach einem Rohrbruch im Keller"),
            new("b", "", "Der Mietvertrag endet mit dem Ablauf des Monats und wird danach nicht verlängert oder erneuert"));

        var found = Assert.Single(index.Search("Versicherungen", 5));

        Assert.Equal("a", found.Id);
        Assert.InRange(found.Score, 0.2, 0.6);
    }

    [Theory]
    [InlineData("Wie kann ich das Passwort ändern?")]
    [InlineData("password zurücksetzen")]
    [InlineData("¿Cómo cambio el password?")]
    [InlineData("ｐａｓｓｗｏｒｄ")]
    public void Search_QuestionInAnotherLanguage_FindsTheSharedWords(string question)
    {
        using var index = Filled(
            new("a", "Passwort, password", "You can change the password on the page of your account, and it is sent to you by mail."),
            new("b", "", "The opening hours of the shop are on the page that is linked from the first one of the site."));

        Assert.Equal(["a"], Ids(index, question));
    }

    [Fact]
    public void Search_ManyRecords_LeavesOutFrequentWordsOnly_WhileRarerOnesRemain()
    {
        using var index = Filled([.. Enumerable.Range(0, 20_100).Select(number => new IndexedRecord($"r{number}", "", $"common word{number}"))]);

        Assert.Equal(["r777"], Ids(index, "common word777"));
        Assert.Equal(5, index.Search("common", 5).Count);
    }

    [Fact]
    public void Search_AnyQuestionAndText_DoesNotFail()
    {
        using var index = Filled();
        var change = 0L;
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample(
            (title, text, question) =>
            {
                index.Apply([new("a", title, text)], [], ++change);
                Assert.All(index.Search(question, 3), record => Assert.InRange(record.Score, 0, 1));
            },
            iter: 300, threads: 1);
    }

    [Theory]
    [InlineData("\"hours")]
    [InlineData("hours\" OR \"")]
    [InlineData("hours AND NOT NEAR(a b, 5)")]
    [InlineData("terms: hours*")]
    [InlineData("hours'; DROP TABLE Words; --")]
    [InlineData("^hours + - ( ) { }")]
    [InlineData("hours\0\ud83d")]
    [InlineData("\u200fhours\u202e")]
    public void Search_OperatorsAndOddCharacters_AreNoSyntax(string question)
    {
        using var index = Filled(new IndexedRecord("times", "", "Opening hours: 9 to 5"), new IndexedRecord("other", "", "something"));

        Assert.Equal(["times"], Ids(index, question));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \0 ")]
    [InlineData("what is it that you are?")]
    [InlineData("🦊🦊")]
    [InlineData("\ud83d")]
    [InlineData("* AND \" NEAR( - ^")]
    public void Search_QuestionWithoutWords_FindsNothing(string question)
    {
        using var index = Filled(new IndexedRecord("a", "", "what is it? 🦊 and"), new IndexedRecord("b", "", ""), new IndexedRecord("c", "", "x"));

        Assert.Empty(index.Search(question, 5));
    }

    [Fact]
    public void Search_HugeQuestionAndWords_StayWithinTheLimits()
    {
        var word = new string('w', 60_000);
        using var index = Filled(new("word", "", word), new("start", "", "alpha"), new("end", "", "omega"));
        var question = $"alpha {string.Join(' ', Enumerable.Range(0, 150_000).Select(number => $"x{number}"))} omega";

        Assert.Equal(["end", "start"], Ids(index, question).Order());
        Assert.Equal(["word"], Ids(index, word));
        Assert.Equal(64, new Question(question).Words.Count);
        Assert.Equal(64, new Question(string.Concat(Enumerable.Range(0x4E00, 9_000).Select(c => (char)c))).Words.Count);
    }

    private static IEnumerable<IndexedRecord> Fillers(int count) =>
        Enumerable.Range(0, count).Select(number => new IndexedRecord($"filler{count}-{number}", "", $"something else{number}"));

    private static IEnumerable<string> Ids(DatasetIndex index, string question, int take = 5) =>
        index.Search(question, take).Select(record => record.Id);

    private DatasetIndex Filled(params IReadOnlyCollection<IndexedRecord> records)
    {
        var index = DatasetIndex.Open(FilePath);
        index.Apply(records, [], 1);
        return index;
    }
}
