namespace ChatBotKit.Server.Data;

/// <summary>The SQL that differs between the databases.</summary>
internal abstract class SqlDialect
{
    /// <summary>
    /// Adds a condition on a column of JSON text that the server wrote: the value at the key equals the given one. Dots in the key lead
    /// into nested objects. The value is compared as text, and also as a boolean or a number if it can be parsed as one.
    /// </summary>
    public abstract void AddJsonCondition(SqlQuery query, string column, string key, string value);

    /// <summary>
    /// Returns the expression for an integer in a column of JSON text that the server wrote; its value is NULL where there is none.
    /// </summary>
    /// <param name="column">The quoted name of the column.</param>
    /// <param name="field">The name of the member, which is a constant and consists of letters.</param>
    public abstract string IntegerIn(string column, string field);

    /// <summary>The value of the field <c>slug</c> of a document, as the unique indexes have it.</summary>
    public abstract string Slug { get; }

    /// <summary>
    /// The clause at the end of a query that locks its rows until the transaction ends, and waits for locks of other transactions. Empty
    /// for a database in which only one transaction writes at a time.
    /// </summary>
    public abstract string LockRows { get; }

    /// <summary>The clause that locks rows like <see cref="LockRows"/>, but skips rows that another transaction has locked.</summary>
    public abstract string LockFreeRows { get; }
}
