namespace ChatBotKit.Server.Data;

/// <summary>The SQL that differs between the databases.</summary>
internal abstract class SqlDialect
{
    /// <summary>
    /// Adds a condition on a column of JSON text that the server wrote: the value at the key equals the given one. Dots in the key lead
    /// into nested objects. The value is compared as text, and also as a boolean or a number if it can be parsed as one.
    /// </summary>
    public abstract void AddJsonCondition(SqlQuery query, string column, string key, string value);
}
