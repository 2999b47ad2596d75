using System.Runtime.InteropServices;

namespace ChatBotKit.Extensions.Onnx.Tests;

/// <summary>
/// A folder with a real ONNX model that turns the token n into a vector with 1 in the place n, and a tokenizer. So the vector of a text
/// tells its tokens.
/// </summary>
internal sealed class TinyModel : IDisposable
{
    /// <summary>The tokens of the BERT tokenizer. The number of a token is its place.</summary>
    public static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "orchids", "need", "water", "roses", "##s", "rose"];

    private const int Int64 = 7;
    private const int Float32 = 1;

    public TinyModel() => Folder = Directory.CreateTempSubdirectory("tiny-model-").FullName;

    public string Folder { get; }

    /// <summary>Creates a BERT model that returns the vectors of tokens.</summary>
    public static TinyModel Bert()
    {
        var model = new TinyModel();
        model.Write("vocab.txt", string.Join('\n', Words));
        model.Write("model.onnx", Model(Words.Length));
        return model;
    }

    /// <summary>Creates an XLM-RoBERTa model, whose tokenizer is that of SentencePiece.</summary>
    public static TinyModel Roberta()
    {
        var model = new TinyModel();
        model.Write("sentencepiece.bpe.model", Pieces("<unk>", "<s>", "</s>", "▁orchids", "▁need", "▁water"));
        model.Write("model.onnx", Model(8));
        return model;
    }

    public void Write(string file, string text) => Write(file, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string file, byte[] bytes)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Returns a model that looks the token up in a table.</summary>
    /// <param name="tokens">The number of tokens.</param>
    /// <param name="output">The name of the output. <c>sentence_embedding</c> is the largest value of each place over all tokens.</param>
    /// <param name="inputs">The names of further inputs, which the model ignores.</param>
    public static byte[] Model(int tokens, string output = "last_hidden_state", params string[] inputs)
    {
        var isOfTexts = output == "sentence_embedding";
        var graph = new ProtobufMessage()
            .Message(1, new ProtobufMessage().Text(1, "table").Text(1, "input_ids").Text(2, isOfTexts ? "looked_up" : output).Text(4, "Gather"));
        if (isOfTexts)
        {
            graph.Message(1, new ProtobufMessage().Text(1, "looked_up").Text(2, output).Text(4, "ReduceMax")
                .Message(5, new ProtobufMessage().Text(1, "axes").Number(8, 1).Number(20, 7))
                .Message(5, new ProtobufMessage().Text(1, "keepdims").Number(3, 0).Number(20, 2)));
        }

        graph.Text(2, "tiny").Message(5, Table(tokens));
        foreach (var input in inputs.Prepend("attention_mask").Prepend("input_ids"))
            graph.Message(11, Value(input, Int64, "texts", "tokens"));
        graph.Message(12, isOfTexts ? Value(output, Float32, "texts", "values") : Value(output, Float32, "texts", "tokens", "values"));
        return new ProtobufMessage().Number(1, 8).Message(7, graph).Message(8, new ProtobufMessage().Text(1, "").Number(2, 13)).ToArray();
    }

    private static ProtobufMessage Table(int tokens)
    {
        var values = new float[tokens * tokens];
        for (var token = 0; token < tokens; token++)
            values[(token * tokens) + token] = 1;
        return new ProtobufMessage().Number(1, tokens).Number(1, tokens).Number(2, Float32).Text(8, "table")
            .Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray());
    }

    private static ProtobufMessage Value(string name, int type, params string[] dimensions)
    {
        var shape = new ProtobufMessage();
        foreach (var dimension in dimensions)
            shape.Message(1, new ProtobufMessage().Text(2, dimension));
        return new ProtobufMessage().Text(1, name)
            .Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Number(1, type).Message(2, shape)));
    }

    /// <summary>Returns a SentencePiece model of the kind that chooses the most probable pieces.</summary>
    private static byte[] Pieces(params string[] pieces)
    {
        const int Normal = 1, Unknown = 2, Control = 3;
        var model = new ProtobufMessage();
        foreach (var (place, piece) in pieces.Index())
        {
            model.Message(1, new ProtobufMessage().Text(1, piece).Float(2, -place)
                .Number(3, place == 0 ? Unknown : place < 3 ? Control : Normal));
        }

        return model.Message(2, new ProtobufMessage().Number(3, 1))
            .Message(3, new ProtobufMessage().Number(3, 1).Number(4, 1).Number(5, 1)).ToArray();
    }
}
