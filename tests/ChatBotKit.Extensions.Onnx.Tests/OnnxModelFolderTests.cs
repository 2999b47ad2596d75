namespace ChatBotKit.Extensions.Onnx.Tests;

/// <summary>Folders that can't be used, and what the exception says about them.</summary>
public sealed class OnnxModelFolderTests : IDisposable
{
    private readonly TinyModel _model = TinyModel.Bert();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void MissingFolder_IsNamed()
    {
        var path = Path.Combine(_model.Folder, "other");

        Assert.Contains(path, Assert.Throws<DirectoryNotFoundException>(() => OnnxEmbeddingGenerator.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx", "model.onnx or onnx/model.onnx")]
    [InlineData("vocab.txt", "vocab.txt or sentencepiece.bpe.model")]
    public void MissingFile_IsNamed(string file, string named)
    {
        File.Delete(Path.Combine(_model.Folder, file));

        Assert.Contains(named, Assert.Throws<FileNotFoundException>(() => OnnxEmbeddingGenerator.Load(_model.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherModelFile_IsLoaded_OrNamed()
    {
        File.Move(Path.Combine(_model.Folder, "model.onnx"), Path.Combine(_model.Folder, "small.onnx"));

        OnnxEmbeddingGenerator.Load(_model.Folder, new OnnxEmbeddingOptions { ModelFile = "small.onnx" }).Dispose();
        var missing = Assert.Throws<FileNotFoundException>(() => OnnxEmbeddingGenerator.Load(_model.Folder, new OnnxEmbeddingOptions { ModelFile = "large.onnx" }));
        Assert.Contains("large.onnx", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.onnx", "not a model", "can't be loaded")]
    [InlineData("model.onnx", "", "can't be loaded")]
    [InlineData("vocab.txt", "water\nroses", "tokenizer of the embedding model can't be read")]
    [InlineData("tokenizer_config.json", "{", "not valid JSON")]
    [InlineData("tokenizer_config.json", """{"tokenizer_class":"T5Tokenizer"}""", "is a T5Tokenizer")]
    public void FileThatCanNotBeUsed_IsNamedWithTheReason(string file, string content, string reason)
    {
        _model.Write(file, content);

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(_model.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelThatNeedsMoreThanTokens_IsRefused()
    {
        _model.Write("model.onnx", TinyModel.Model(TinyModel.Words.Length, "last_hidden_state", "pixel_values"));

        var refused = Assert.Throws<InvalidDataException>(() => OnnxEmbeddingGenerator.Load(_model.Folder));
        Assert.Contains("pixel_values", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatAreTooSmall_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxEmbeddingGenerator.Load(_model.Folder, new OnnxEmbeddingOptions { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxEmbeddingGenerator.Load(_model.Folder, new OnnxEmbeddingOptions { MaxTokens = 2 }));
    }
}
