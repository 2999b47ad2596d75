using ChatBotKit.Server.Knowledge;
using CsCheck;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Tests.Knowledge;

public sealed class TermReaderTests
{
    [Theory]
    [InlineData("Hello, World!", "hello world")]
    [InlineData("don't x-ray", "don t x ray")]
    [InlineData("Ärger ÉTÉ façade Łódź İstanbul", "arger ete facade lodz istanbul")]
    [InlineData("Straße STRAẞE cœur Æther", "strasse strasse coeur aether")]
    [InlineData("e\u0301te\u0301", "ete")]
    [InlineData("ﬁne ﬂow ﬀ", "fine flow ff")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ１２", "full width12")]
    [InlineData("m² ① ٣٤ ４", "m2 1 34 4")]
    [InlineData("soft\u00ADhyphen zero\u200Dwidth", "softhyphen zerowidth")]
    [InlineData("Ёлка МОРЕ", "елка море")]
    [InlineData("Ώρες ΌΡΟΣ όρος", "ωρεσ οροσ οροσ")]
    [InlineData("أَحْمَد إلى آخرة", "احمد الي اخره")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("हिन्दी भाषा", "हिन्दी भाषा")]
    [InlineData("a\ud83db\ud83d\ude00c\0d", "a b c d")]
    public void Read_WordsOfScriptsWithSpaces_AreCompared_WithoutCaseAndAccents(string text, string terms) =>
        Assert.Equal(terms.Split(' '), Read(text));

    [Theory]
    [InlineData("営業時間", "営業 業時 時間 間")]
    [InlineData("店", "店")]
    [InlineData("店、車。", "店 車")]
    [InlineData("2024年", "2024 年")]
    [InlineData("ﾊﾞｯﾃﾘｰ", "バッ ッテ テリ リー ー")]
    [InlineData("か\u3099く", "がく く")]
    [InlineData("ハ\u309Aン", "パン ン")]
    [InlineData("데이터", "데이 이터 터")]
    [InlineData("\u1103\u1166\u110B\u1175", "데이 이")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("ใช้งาน", "ใช้ ช้ง ้งา งาน าน น")]
    [InlineData("abcใช", "abc ใช ช")]
    public void Read_ScriptsWithoutSpaces_AreCutToPairsOrTriples(string text, string terms) =>
        Assert.Equal(terms.Split(' '), Read(text));

    [Fact]
    public void Read_RunThatIsLongerThanTheBuffer_IsCutAsAWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 1_000).Select(number => (char)('\u4E00' + number)));

        var terms = Read(text);

        Assert.Equal(1_000, terms.Count);
        Assert.Equal(Enumerable.Range(0, 999).Select(start => text.Substring(start, 2)).Append(text[^1..]), terms);
    }

    [Fact]
    public void Read_HugeWord_IsCut() => Assert.Equal([new string('w', 64), "next"], Read(new string('w', 60_000) + " next"));

    [Fact]
    public void Read_AnyText_GivesTermsWithoutSeparators() => Gen.String.Sample(text => Assert.All(
        Read(text), term => Assert.True(term.Length is > 0 and <= 70 && !term.Contains(' ', StringComparison.Ordinal))));

    [Fact]
    public void Stem_EnglishWords_AreThoseOfSqlite()
    {
        string[] suffixes =
        [
            "", "s", "es", "ed", "ing", "ly", "ies", "ied", "y", "ational", "tional", "enci", "izer", "ization", "ation", "ator", "alism", "iveness", "fulness",
            "ousness", "aliti", "iviti", "biliti", "icate", "ative", "alize", "iciti", "ical", "ful", "ness", "al", "ance", "ence", "er", "ic", "able", "ible", "ant",
            "ement", "ment", "ent", "ion", "sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize", "e", "ll", "lle", "eed", "sses", "ss", "ying", "ably", "logi",
        ];
        string[] stems = ["a", "x", "be", "tr", "hop", "hopp", "fail", "run", "runn", "fizz", "agr", "conflat", "plast", "motor", "happ", "relat", "say", "sy", "controll", "oscillat", "wheel", "box", "toy", "crash2"];
        List<string> words = [.. from stem in stems from suffix in suffixes where !stem.EndsWith('y') || !suffix.StartsWith('y') select stem + suffix];

        Assert.Equal(StemsOfSqlite(words), words.Select(word => Terms.Stem(word.ToCharArray()).ToString()));
    }

    [Theory]
    [InlineData("für", true)]
    [InlineData("FÜR", true)]
    [InlineData("fur", false)]
    [InlineData("The", true)]
    [InlineData("bicycle", false)]
    public void StopWords_Accents_Count(string word, bool isOne) => Assert.Equal(isOne, StopWords.Contains(word));

    [Theory]
    [InlineData("The brakes of this bicycle should be checked before each tour, and after it too.", true)]
    [InlineData("Die Bremsen des Rades sollten vor jeder Fahrt geprüft werden und auch danach.", false)]
    [InlineData("Los frenos de la bicicleta deben revisarse antes de cada salida y también después.", false)]
    [InlineData("Тормоза велосипеда надо проверять перед каждой поездкой и после неё.", false)]
    [InlineData("ブレーキは毎回の走行前と走行後に点検してください。", false)]
    [InlineData("Brakes 42", null)]
    public void Judge_Text_IsEnglishByItsStopWords(string text, bool? isEnglish) => Assert.Equal(isEnglish, EnglishTexts.Judge(text));

    [Fact]
    public void JudgeAll_TextThatIsTooShort_IsOfTheLanguageOfMost()
    {
        Assert.Equal([true], EnglishTexts.JudgeAll(["Brakes"], english: 3, others: 1));
        Assert.Equal([false], EnglishTexts.JudgeAll(["Bremsen"], english: 1, others: 3));
    }

    [Theory]
    [InlineData("How do I change the brakes?", 0)]
    [InlineData("Bremsen wechseln", 9)]
    [InlineData("abc", 1)]
    [InlineData("word1234", 1)]
    public void Question_Grams_AreThoseOfQuestionsThatAreNotEnglish(string question, int grams) =>
        Assert.Equal(grams, new Question(question).Grams.Count);

    [Fact]
    public void Question_Hiragana_IsAskedForOnlyWithoutOtherWords()
    {
        Assert.Equal(["営業"], new Question("営業はいつですか").Words.Select(term => term.Text).Where(term => term[0] < 'ー' || term[0] > 'ヿ').Take(1));
        Assert.DoesNotContain(new QuestionTerm("です"), new Question("営業はいつですか").Words);
        Assert.Contains(new QuestionTerm("すし"), new Question("すし").Words);
    }

    private static List<string> Read(string text)
    {
        var terms = new List<string>();
        var reader = new TermReader(text, stackalloc char[TermReader.BufferLength]);
        while (reader.Read())
            terms.Add(reader.Term.ToString());
        return terms;
    }

    private static List<string> StemsOfSqlite(List<string> words)
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE VIRTUAL TABLE t USING fts5(w, tokenize = 'porter ascii'); CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO t (w) VALUES ($words)";
        command.Parameters.AddWithValue("$words", string.Join(' ', words));
        command.ExecuteNonQuery();
        command.CommandText = "SELECT term FROM v ORDER BY offset";
        using var rows = command.ExecuteReader();
        var stems = new List<string>();
        while (rows.Read())
            stems.Add(rows.GetString(0));
        return stems;
    }
}
