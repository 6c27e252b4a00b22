/** @file The language django. */

module.exports = require("../common/define-grammar")("django");
