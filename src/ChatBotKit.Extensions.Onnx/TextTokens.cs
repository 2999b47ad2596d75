using Microsoft.ML.Tokenizers;

namespace ChatBotKit;

/// <summary>Divides texts into the tokens of a model.</summary>
internal abstract class TextTokens
{
    private const string Settings = "tokenizer_config.json";
    private const string BertVocabulary = "vocab.txt";
    private const string RobertaModel = "sentencepiece.bpe.model";

    /// <summary>The token that fills the shorter texts of a batch. The model ignores it.</summary>
    public abstract long Padding { get; }

    /// <summary>Loads the tokenizer of a model.</summary>
    /// <exception cref="FileNotFoundException">The folder has no tokenizer.</exception>
    /// <exception cref="InvalidDataException">The tokenizer is of another kind, or its file is damaged.</exception>
    public static TextTokens Load(ModelFolder folder)
    {
        var name = folder.ReadText(Settings, "tokenizer_class");
        if (folder.Find(RobertaModel) is { } model && name is null or "XLMRobertaTokenizer" or "XLMRobertaTokenizerFast")
            return OnDamage(folder.Find(RobertaModel) ?? throw folder.Missing(RobertaModel), path => new RobertaTokens(path));
        if (name is null or "BertTokenizer" or "BertTokenizerFast" or "MPNetTokenizer" or "DistilBertTokenizer" or "DistilBertTokenizerFast")
            return OnDamage(folder.Find(BertVocabulary) ?? throw folder.Missing($"{BertVocabulary} or {RobertaModel}"), path => new BertTokens(path, folder));
        throw new InvalidDataException(
            $"The tokenizer of the embedding model is a {name}. Tokenizers of BERT and of XLM-RoBERTa can be used.");
    }

    /// <summary>Returns the tokens of a text, with those at both ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">The maximum number of tokens.</param>
    public abstract IReadOnlyList<long> Read(string text, int max);

    private static TextTokens OnDamage(string path, Func<string, TextTokens> load)
    {
        try
        {
            return load(path);
        }
        // The library throws many kinds for a damaged file.
        catch (Exception exception) when (exception is not (IOException or UnauthorizedAccessException))
        {
            throw new InvalidDataException($"The tokenizer of the embedding model can't be read: {path}", exception);
        }
    }

    private sealed class BertTokens : TextTokens
    {
        private readonly BertTokenizer _tokenizer;

        public BertTokens(string path, ModelFolder folder)
        {
            _tokenizer = BertTokenizer.Create(path, new BertOptions
            {
                LowerCaseBeforeTokenization = folder.ReadFlag(Settings, "do_lower_case") ?? true,
                RemoveNonSpacingMarks = folder.ReadFlag(Settings, "strip_accents") ?? folder.ReadFlag(Settings, "do_lower_case") ?? true,
                IndividuallyTokenizeCjk = folder.ReadFlag(Settings, "tokenize_chinese_chars") ?? true,
            });
        }

        public override long Padding => _tokenizer.PaddingTokenId;

        public override IReadOnlyList<long> Read(string text, int max) =>
            [.. _tokenizer.EncodeToIds(text, max, addSpecialTokens: true, out _, out _).Select(id => (long)id)];
    }

    /// <summary>The pieces of SentencePiece are numbered otherwise in these models: one further, and with other special tokens.</summary>
    private sealed class RobertaTokens : TextTokens
    {
        private const long First = 0;
        private const long Last = 2;
        private const long Unknown = 3;

        private readonly SentencePieceTokenizer _tokenizer;

        public RobertaTokens(string path)
        {
            using var file = File.OpenRead(path);
            _tokenizer = SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
        }

        public override long Padding => 1;

        public override IReadOnlyList<long> Read(string text, int max)
        {
            var pieces = _tokenizer.EncodeToIds(
                text, addBeginningOfSentence: false, addEndOfSentence: false, maxTokenCount: max - 2, out _, out _);
            return [First, .. pieces.Select(piece => piece == _tokenizer.UnknownId ? Unknown : piece + 1L), Last];
        }
    }
}
